package import NIOCore

/// One whole answer in the single form in which answers are stored and from which every reply is rendered.
package struct ChatAnswer: Sendable {
    /// A `chat.completion` object as OpenAI's Chat Completions define it, also when it arrived as a stream.
    package let json: ByteBuffer
    /// The model name the provider answered with.
    package let model: String?
    package let usage: TokenUsage?
    /// Of each choice in its order: OpenAI's word where it means the same, else the provider's own; nil where it is
    /// missing.
    package let finishReasons: [String?]
    package let hasToolCalls: Bool
    /// Whether any choice refuses (`message.refusal` is not null).
    package let hasRefusal: Bool
    /// Whether all of it is in the JSON: false where the provider's dialect says things that this form cannot hold.
    package let isComplete: Bool
    /// The text of the first choice; nil when its content is null or no string.
    package let text: String?
    /// Why the first choice ended, in the provider's own word, where that says more.
    package let nativeFinish: String?

    package init(
        json: ByteBuffer, model: String?, usage: TokenUsage?, finishReasons: [String?], hasToolCalls: Bool,
        hasRefusal: Bool, isComplete: Bool = true, text: String?, nativeFinish: String? = nil
    ) {
        self.json = json
        self.model = model
        self.usage = usage
        self.finishReasons = finishReasons
        self.hasToolCalls = hasToolCalls
        self.hasRefusal = hasRefusal
        self.isComplete = isComplete
        self.text = text
        self.nativeFinish = nativeFinish
    }
}
