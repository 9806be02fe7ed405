/// A call of a tool that the model asks for.
package struct ToolCall: Sendable, Equatable {
    package var id: String
    package var name: String
    /// JSON as the model wrote it, mostly an object. It may be empty, or not be JSON at all: models err.
    package var arguments: String
    /// Gemini's signature of the thought that led to the call; it must come back with the call.
    package var signature: String?

    package init(id: String, name: String, arguments: String, signature: String? = nil) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.signature = signature
    }

    /// The arguments as an object, for dialects that have no place for a text: nothing is an empty object.
    /// Nil when they are no JSON object.
    package var argumentsObject: JSONText? {
        if arguments.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) { return .emptyObject }
        guard let document = try? JSONDocument(arguments), document.root.kind == .object else { return nil }
        return JSONText(document.root)
    }
}

/// What a tool answered.
package struct ToolResult: Sendable, Equatable {
    package var callID: String
    /// Of the tool; dialects that know results by id leave it out.
    package var name: String?
    package var parts: [ContentPart]
    package var isError: Bool

    package init(callID: String, name: String? = nil, parts: [ContentPart], isError: Bool = false) {
        self.callID = callID
        self.name = name
        self.parts = parts
        self.isError = isError
    }

    /// All its text, in order.
    package var text: String { Message(.tool, parts).text }
}
