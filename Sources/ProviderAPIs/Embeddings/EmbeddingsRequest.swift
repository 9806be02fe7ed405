package import GatewayCore
package import NIOCore

/// A request for embeddings, as OpenAI's clients write it.
package struct EmbeddingsRequest: Sendable {
    package let model: String
    package let input: Input
    /// How many components the client wants; nil for the model's own number.
    package let dimensions: Int?
    package let form: Form
    package let user: String?
    /// The body as it came, for a provider of the same dialect.
    package let root: JSONElement

    /// What is to be embedded, at most ``mostInputs``.
    package enum Input: Sendable, Equatable {
        case texts([String])
        /// Texts as numbers of a tokenizer that only the model's provider has.
        case tokens(count: Int)

        /// Empty where there are numbers in their place.
        package var texts: [String] { if case .texts(let texts) = self { texts } else { [] } }

        /// How many vectors the answer has.
        package var count: Int {
            switch self {
            case .texts(let texts): texts.count
            case .tokens(let count): count
            }
        }
    }

    /// How vectors are spelled in the answer. The official SDK asks for base64 where its user asked for nothing.
    package enum Form: String, Sendable, CaseIterable {
        case float, base64
    }

    /// As many as OpenAI takes at once.
    package static let mostInputs = 2048

    /// - Parameter root: the body, an object.
    /// - Throws: `invalidRequest` with the field at fault.
    package init(_ root: JSONElement) throws(GatewayError) {
        self.root = root
        guard let model = root["model"]?.string, !model.isEmpty else {
            throw .unreadable("model", "the name of a model", root["model"] ?? root)
        }
        self.model = model
        input = try Self.input(root["input"] ?? root)
        form = try Self.form(root["encoding_format"])
        user = root["user"]?.string
        guard let dimensions = root["dimensions"], !dimensions.isNull else {
            self.dimensions = nil
            return
        }
        guard let count = dimensions.integer, count > 0 else {
            throw .unreadable("dimensions", "an integer above 0", dimensions)
        }
        self.dimensions = count
    }

    /// The texts, for an encoder of the gateway's own.
    /// - Parameter dimension: how many components its vectors have.
    /// - Throws: `invalidRequest` for token numbers and for another number of components.
    package func texts(dimension: Int) throws(GatewayError) -> [String] {
        guard case .texts(let texts) = input else {
            throw GatewayError(
                .invalidRequest, "'input' must be text for the model '\(model)', which has a tokenizer of its own",
                parameter: "input")
        }
        if let dimensions, dimensions != dimension {
            throw GatewayError(
                .invalidRequest, "'dimensions' must be \(dimension) for the model '\(model)', found \(dimensions)",
                parameter: "dimensions")
        }
        return texts
    }

    /// The body for a provider that speaks this dialect: the client's own bytes with the model's name there.
    package func body(model name: String) -> ByteBuffer {
        guard model != name else { return root.rawText }
        var splice = JSONSplice(root.document)
        var json = ByteBuffer()
        json.writeJSONString(name)
        splice.set("model", of: root, to: json)
        return splice.apply()
    }

    private static func form(_ element: JSONElement?) throws(GatewayError) -> Form {
        guard let element, !element.isNull else { return .float }
        guard let form = element.string.flatMap(Form.init) else {
            throw .unreadable("encoding_format", "'float' or 'base64'", element)
        }
        return form
    }

    private static func input(_ element: JSONElement) throws(GatewayError) -> Input {
        if let text = element.string {
            guard !text.isEmpty else { throw empty("input") }
            return .texts([text])
        }
        guard element.kind == .array else { throw .unreadable("input", "a string or an array", element) }
        let elements = Array(element.elements)
        guard let first = elements.first else { throw empty("input") }
        // One text as numbers; else each element is one text.
        if first.kind == .number {
            for (index, token) in elements.enumerated() { try check(token, at: "input[\(index)]") }
            return .tokens(count: 1)
        }
        guard elements.count <= mostInputs else {
            throw GatewayError(
                .invalidRequest, "'input' must have at most \(mostInputs) elements, found \(elements.count)",
                parameter: "input")
        }
        if first.kind == .array {
            for (index, tokens) in elements.enumerated() { try checkTokens(tokens, at: "input[\(index)]") }
            return .tokens(count: elements.count)
        }
        var texts: [String] = []
        for element in elements {
            let place = "input[\(texts.count)]"
            let text = try element.wanted(\.string, "a string", at: place)
            guard !text.isEmpty else { throw empty(place) }
            texts.append(text)
        }
        return .texts(texts)
    }

    private static func checkTokens(_ element: JSONElement, at place: String) throws(GatewayError) {
        guard element.kind == .array else { throw .unreadable(place, "an array of token numbers", element) }
        guard element.hasElements else { throw empty(place) }
        for token in element.elements { try check(token, at: place) }
    }

    private static func check(_ token: JSONElement, at place: String) throws(GatewayError) {
        guard let number = token.integer, number >= 0 else { throw .unreadable(place, "a token number", token) }
    }

    private static func empty(_ place: String) -> GatewayError {
        GatewayError(.invalidRequest, "'\(place)' must not be empty", parameter: place)
    }
}
