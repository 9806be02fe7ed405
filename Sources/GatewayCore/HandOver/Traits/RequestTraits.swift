/// What routing needs to know of a request: what it asks a model to be able to do, how much text it is, what kind of
/// work. Made by RequestAnalysis in one pass over the document, and only for requests whose route looks at it.
package struct RequestTraits: Sendable, Equatable {
    /// What the target must be able to do.
    package var needs: ModelCapabilities = []
    /// `max_completion_tokens`, else `max_tokens`; nil when neither is a positive integer.
    package var maxTokens: Int?
    /// `n`, at least 1.
    package var choices = 1
    /// Whether all its text must fit into the model's window at once.
    package var sharesWindow = true
    package var messageCount = 0
    package var userTurns = 0
    package var text = RoleText()
    /// Bytes of the JSON of tools, functions and a response schema, which providers count as input.
    package var toolBytes = 0
    /// One for each picture; nil where its size is not in the request.
    package var images: [ImageSize?] = []
    /// An ISO 639-1 code; nil when nothing tells.
    package var language: String?
    package var task = TaskType.chat
    /// How clear the signs of `task` are, 0 to 1.
    package var taskConfidence: Float = 0
    /// The last user text as words: ASCII letters in lower case, everything between words one space, a space at both
    /// ends. At most ``promptLimit`` bytes; keywords are looked for here.
    package var prompt: [UInt8] = []
    package var signs = PromptSigns()
    package var stage = StageSignals()
    /// `x-refrain-metadata` over the body's `metadata`.
    package var metadata: [String: String] = [:]

    /// The most bytes of ``prompt``.
    package static let promptLimit = 8 * 1024

    package init() {}

    /// Whether the request carries program text, inside a fence or plain.
    package var hasCode: Bool { signs.codeBytes > 0 }
}
