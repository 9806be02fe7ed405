/// One request for an answer, with the fields the gateway routes by.
package struct ChatRequest: Sendable {
    /// The whole request as a Chat Completions body: the sender's own bytes where it speaks that, else the request
    /// in the gateway's spelling. What is not named below passes through untouched.
    package let document: JSONDocument
    /// What the sender wrote, where it speaks another API.
    package var origin: Origin?
    package let model: String
    package let isStream: Bool
    /// Whether the client asked for a usage chunk at the end of the stream.
    package let wantsStreamUsage: Bool
    /// What the sender's own words add to the wall; nil where ``document`` says all of them.
    package var ownWords: OwnWords?
    /// The last message's text when it is a user's and plain text.
    package let question: Question?
    /// Which of the operator's prompts stands in front of the caller's own messages: `name@version`.
    package var template: String?
    /// What calls in the history must go back with, where the client has dropped it; by the calls' ids.
    package var callThoughts: [String: CallThought] = [:]

    /// A request of another API than Chat Completions. A class: requests are handed on by value, and most have none.
    package final class Origin: Sendable {
        package let api: ClientAPI
        /// The body as it came; nil when the request was changed since.
        package let document: JSONDocument?
        package let conversation: Conversation
        /// Of its headers those that belong to its API; names in lower case.
        package let headers: [(name: String, value: String)]

        package init(
            api: ClientAPI, document: JSONDocument?, conversation: Conversation,
            headers: [(name: String, value: String)] = []
        ) {
            self.headers = headers
            self.api = api
            self.document = document
            self.conversation = conversation
        }
    }

    /// Which API its sender speaks.
    package var api: ClientAPI { origin?.api ?? .chat }

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
