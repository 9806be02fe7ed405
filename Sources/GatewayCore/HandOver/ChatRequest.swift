/// One chat completion request as its sender wrote it, with the fields the gateway routes by.
package struct ChatRequest: Sendable {
    /// The whole body; what is not named below passes through untouched.
    package let document: JSONDocument
    package let model: String
    package let isStream: Bool
    /// Whether the client asked for a usage chunk at the end of the stream.
    package let wantsStreamUsage: Bool
    /// The last message's text when it is a user's and plain text.
    package let question: Question?
    /// Which of the operator's prompts stands in front of the caller's own messages: `name@version`.
    package var template: String?

    /// The text that is compared, and where it stands.
    package struct Question: Sendable {
        package let text: String
        /// The element of the document that holds exactly this text.
        package let element: JSONElement

        package init(text: String, element: JSONElement) {
            self.text = text
            self.element = element
        }
    }

    package init(
        document: JSONDocument, model: String, isStream: Bool, wantsStreamUsage: Bool, question: Question?
    ) {
        self.document = document
        self.model = model
        self.isStream = isStream
        self.wantsStreamUsage = wantsStreamUsage
        self.question = question
    }
}
