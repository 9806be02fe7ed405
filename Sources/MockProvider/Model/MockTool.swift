/// A function that a request offers.
struct MockTool: Sendable, Equatable {
    let name: String
    /// JSON Schema of its arguments; nil for none.
    let schema: MockJSON?
}

/// Whether a request wants its functions called.
enum MockToolChoice: Sendable, Equatable {
    /// If the prompt asks for it.
    case automatic
    case never
    /// Any of them.
    case required
    /// One of these.
    case named([String])
}

/// A call of a function in an answer.
struct MockCall: Sendable, Equatable {
    /// The same in every dialect but for the prefix.
    let id: String
    let name: String
    /// Arguments as JSON text, one element to a fragment.
    let fragments: [String]

    var arguments: String { fragments.joined() }

    /// The arguments as the dialects take them that have objects there; empty if the text is no object.
    var input: MockJSON {
        guard let value = MockJSON(text: arguments), value.members != nil else { return [:] }
        return value
    }
}
