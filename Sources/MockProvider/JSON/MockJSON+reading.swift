import NIOCore

extension MockJSON {
    /// Reads a whole request body that must be an object. Throws `invalidJSON` or `invalidType`.
    init(body: ByteBuffer) throws(MockProviderError) {
        var scanner = MockJSONScanner(Array(body.readableBytesView))
        guard try scanner.kind() == .object else {
            throw MockProviderError(.invalidType, "The request body must be a JSON object.")
        }
        try self.init(next: &scanner)
        try scanner.end()
    }

    /// Reads a text; nil if it is not JSON.
    init?(text: String) {
        var scanner = MockJSONScanner(Array(text.utf8))
        guard let value = try? MockJSON(next: &scanner), (try? scanner.end()) != nil else { return nil }
        self = value
    }

    /// Takes the next value of a scanner, whatever it is; its depth is limited there. Throws `invalidJSON`.
    init(next scanner: inout MockJSONScanner) throws(MockProviderError) {
        switch try scanner.kind() {
        case .object:
            var members: [Member] = []
            try scanner.openObject()
            while let key = try scanner.nextKey() {
                members.append(Member(key: key, value: try MockJSON(next: &scanner)))
            }
            self = .object(members)
        case .array:
            var elements: [MockJSON] = []
            try scanner.openArray()
            while try scanner.nextElement() { elements.append(try MockJSON(next: &scanner)) }
            self = .array(elements)
        case .string: self = .string(try scanner.string())
        case .number: self = .number(try scanner.numberText())
        case .boolean: self = .boolean(try scanner.boolean())
        case .null:
            try scanner.skipValue()
            self = .null
        }
    }
}
