/// Why an answer ended, in the words of OpenAI's Chat Completions.
package enum FinishReason: String, Sendable, CaseIterable {
    case stop
    /// The limit of tokens, or the end of the context.
    case length
    case toolCalls = "tool_calls"
    /// The model or a filter behind it refused.
    case contentFilter = "content_filter"
}
