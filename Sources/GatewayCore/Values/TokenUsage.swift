/// What an answer cost in tokens, as the provider counted it.
package struct TokenUsage: Sendable, Equatable {
    package var promptTokens: Int
    package var completionTokens: Int

    package init(promptTokens: Int, completionTokens: Int) {
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
    }

    package var totalTokens: Int { promptTokens.addingReportingOverflow(completionTokens).partialValue }
}
