import NIOCore

/// The fields of an embeddings request that the mock's answer depends on.
struct MockEmbeddingRequest: Equatable, Sendable {
    /// OpenAI takes at most this many inputs in one request.
    static let inputLimit = 2048

    var model = ""
    /// One text for each input; an input of token numbers stands as those numbers with spaces between.
    var inputs: [String] = []
    var isBase64 = false
    var dimensions: Int?

    /// Reads the body in one pass. Throws `invalidJSON`, `invalidType`, `invalidValue` or `missingField`.
    /// - Parameter model: what stands for a model that the body does not name.
    init(body: ByteBuffer, model: String = "") throws(MockProviderError) {
        self.model = model
        var scanner = MockJSONScanner(Array(body.readableBytesView))
        guard try scanner.kind() == .object else {
            throw MockProviderError(.invalidType, "The request body must be a JSON object.")
        }
        try scanner.openObject()
        while let key = try scanner.nextKey() {
            switch key {
            case "model": self.model = try scanner.string(of: key)
            case "input": inputs = try Self.readInputs(&scanner)
            case "dimensions": dimensions = try scanner.optionalCount(of: key)
            case "encoding_format": isBase64 = try Self.readsBase64(&scanner)
            default: try scanner.skipValue()
            }
        }
        try scanner.end()
        for (field, isMissing) in [("model", self.model.isEmpty), ("input", inputs.isEmpty)] where isMissing {
            throw MockProviderError(
                .missingField, "The request needs '\(field)', which is missing or empty.", param: field)
        }
    }

    private static func readsBase64(_ scanner: inout MockJSONScanner) throws(MockProviderError) -> Bool {
        switch try scanner.string(of: "encoding_format") {
        case "base64": return true
        case "float": return false
        case let other:
            throw MockProviderError(
                .invalidValue, "'encoding_format' must be 'float' or 'base64', not '\(other)'.",
                param: "encoding_format")
        }
    }

    private static func readInputs(_ scanner: inout MockJSONScanner) throws(MockProviderError) -> [String] {
        if try scanner.kind() == .string { return [try scanner.string()] }
        try scanner.expect(.array, of: "input")
        try scanner.openArray()
        var texts: [String] = []
        var tokens: [String] = []
        while try scanner.nextElement() {
            switch try scanner.kind() {
            case .string: texts.append(try scanner.string())
            case .number: tokens.append(try readToken(&scanner))
            case .array: texts.append(try readTokens(&scanner))
            case let kind: throw MockJSONScanner.wrongType("input", expected: "text or token numbers", kind)
            }
            guard texts.count <= inputLimit else {
                throw MockProviderError(
                    .invalidValue, "'input' may hold at most \(inputLimit) elements.", param: "input")
            }
        }
        guard tokens.isEmpty || texts.isEmpty else {
            throw MockProviderError(.invalidType, "'input' must not mix texts and token numbers.", param: "input")
        }
        return tokens.isEmpty ? texts : [tokens.joined(separator: " ")]
    }

    private static func readTokens(_ scanner: inout MockJSONScanner) throws(MockProviderError) -> String {
        var tokens: [String] = []
        try scanner.openArray()
        while try scanner.nextElement() { tokens.append(try readToken(&scanner)) }
        return tokens.joined(separator: " ")
    }

    private static func readToken(_ scanner: inout MockJSONScanner) throws(MockProviderError) -> String {
        try scanner.expect(.number, of: "input")
        guard let token = try scanner.number(), token >= 0 else {
            throw MockProviderError(
                .invalidType, "A token in 'input' must be a whole number from 0 on.", param: "input")
        }
        return String(token)
    }
}
