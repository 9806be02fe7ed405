/// Why an answer ended, in the words of OpenAI's Chat Completions.
package enum FinishReason: Sendable, Equatable {
    case stop
    /// The limit of tokens, or the end of the context.
    case length
    case toolCalls
    /// The model or a filter behind it refused.
    case contentFilter
    /// For a reason that has no word here, as the provider spells it. Nobody knows whether such an answer is whole: it
    /// is never kept, and clients are told that it broke off.
    case other(String)

    /// Those that have a word.
    package static let known: [FinishReason] = [.stop, .length, .toolCalls, .contentFilter]

    /// Reads one of OpenAI's words; any other is kept as it is.
    package init(word: String) { self = Self.known.first { $0.word == word } ?? .other(word) }

    /// OpenAI's word, or the provider's own where that says something else.
    package var word: String {
        switch self {
        case .stop: "stop"
        case .length: "length"
        case .toolCalls: "tool_calls"
        case .contentFilter: "content_filter"
        case .other(let word): word
        }
    }
}
