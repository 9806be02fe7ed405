/// One whole answer in the form that stands between all dialects.
package struct Answer: Sendable, Equatable {
    /// The provider's name of it.
    package var id: String?
    /// The model's name as the provider answered it.
    package var model: String?
    /// Seconds since 1970.
    package var created: Int?
    package var choices: [AnswerChoice] = []
    package var usage: TokenUsage?
    package var serviceTier: String?

    package init() {}
}

/// One of the answers to a request.
package struct AnswerChoice: Sendable, Equatable {
    package var parts: [ContentPart] = []
    package var finish: FinishReason?
    /// In the provider's own word, where that says more.
    package var nativeFinish: String?
    /// The text that ended it, where the provider tells.
    package var stopSequence: String?
    /// OpenAI's object.
    package var logprobs: JSONText?

    package init() {}
}
