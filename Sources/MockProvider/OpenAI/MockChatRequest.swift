import NIOCore

/// Reads a chat completion request, its messages by one pass without a tree.
struct MockChatRequest: Equatable, Sendable {
    private(set) var prompt = MockPrompt()

    /// Reads the body; what is not needed is checked to be JSON and dropped.
    /// Throws `invalidJSON`, `invalidType`, `invalidValue` or `missingField`.
    /// - Parameter model: what stands for a model that the body does not name.
    init(body: ByteBuffer, model: String = "") throws(MockProviderError) {
        var scanner = MockJSONScanner(Array(body.readableBytesView))
        guard try scanner.kind() == .object else {
            throw MockProviderError(.invalidType, "The request body must be a JSON object.")
        }
        prompt.model = model
        var hasMessages = false
        var maximumTokens: Int?
        var effort: String?
        var drawn: [String] = []
        try scanner.openObject()
        while let key = try scanner.nextKey() {
            switch key {
            case "model": prompt.model = try scanner.string(of: key)
            case "stream": prompt.isStreamed = try scanner.optionalBoolean(of: key) ?? false
            case "stream_options": try readStreamOptions(&scanner)
            case "max_tokens": maximumTokens = try scanner.optionalCount(of: key)
            case "max_completion_tokens": prompt.tokenLimit = try scanner.optionalCount(of: key)
            case "n": try Self.checkOneChoice(&scanner)
            case "messages": hasMessages = try readMessages(&scanner)
            case "tools", "tool_choice", "parallel_tool_calls", "response_format", "stop", "reasoning_effort":
                let field: MockJSON = [key: try MockJSON(next: &scanner)]
                try prompt.readChat(field)
                effort = field["reasoning_effort"]?.text ?? effort
            case let key where MockOpenAIModel.isDrawing(key):
                let value = try MockJSON(next: &scanner)
                if MockOpenAIModel.asks(value, of: key) { drawn.append(key) }
            default: try scanner.skipValue()
            }
        }
        try scanner.end()
        guard !prompt.model.isEmpty else { throw MockJSON.missing("model") }
        guard hasMessages else { throw MockJSON.missing("messages") }
        prompt.tokenLimit = prompt.tokenLimit ?? maximumTokens
        let model = MockOpenAIModel(prompt.model)
        try model.checkChat(
            hasStop: !prompt.stopSequences.isEmpty, hasFunctions: !prompt.tools.isEmpty, effort: effort)
        try model.check(drawing: drawn, effort: effort)
    }

    private static func checkOneChoice(_ scanner: inout MockJSONScanner) throws(MockProviderError) {
        guard try scanner.optionalCount(of: "n") ?? 1 == 1 else {
            throw MockProviderError(.invalidValue, "This mock answers with one choice: 'n' must be 1.", param: "n")
        }
    }

    private mutating func readStreamOptions(_ scanner: inout MockJSONScanner) throws(MockProviderError) {
        guard try scanner.kind() != .null else { return try scanner.skipValue() }
        try scanner.expect(.object, of: "stream_options")
        try scanner.openObject()
        while let key = try scanner.nextKey() {
            if key == "include_usage" {
                prompt.includesUsage = try scanner.optionalBoolean(of: "stream_options.include_usage") ?? false
            } else {
                try scanner.skipValue()
            }
        }
    }

    /// Reads all messages; says whether there was at least one.
    private mutating func readMessages(_ scanner: inout MockJSONScanner) throws(MockProviderError) -> Bool {
        try scanner.expect(.array, of: "messages")
        try scanner.openArray()
        var count = 0
        while try scanner.nextElement() {
            try readMessage(&scanner, at: count)
            count += 1
        }
        return count > 0
    }

    private mutating func readMessage(_ scanner: inout MockJSONScanner, at position: Int) throws(MockProviderError) {
        try scanner.expect(.object, of: "messages[\(position)]")
        var role: String?
        var text = ""
        try scanner.openObject()
        while let key = try scanner.nextKey() {
            switch key {
            case "role": role = try scanner.string(of: "messages[\(position)].role")
            case "content": text = try readContent(&scanner, at: position)
            default: try scanner.skipValue()
            }
        }
        guard let role else { throw MockJSON.missing("messages[\(position)].role") }
        let bytes = text.utf8.count
        prompt.promptBytes += bytes
        if role == "user" { prompt.lastUserText = text }
        prompt.endsWithToolResult = role == "tool"
    }

    /// A message's content: a string, null, or an array of parts of which only text parts are read.
    private mutating func readContent(
        _ scanner: inout MockJSONScanner, at position: Int
    ) throws(MockProviderError) -> String {
        switch try scanner.kind() {
        case .string:
            return try scanner.string()
        case .null:
            try scanner.skipValue()
            return ""
        case .array:
            var texts: [String] = []
            try scanner.openArray()
            while try scanner.nextElement() {
                if let text = try readPart(&scanner, at: position) { texts.append(text) }
            }
            return texts.joined(separator: "\n")
        case let kind:
            throw MockJSONScanner.wrongType("messages[\(position)].content", expected: "a string or an array", kind)
        }
    }

    private mutating func readPart(
        _ scanner: inout MockJSONScanner, at position: Int
    ) throws(MockProviderError) -> String? {
        let field = "messages[\(position)].content"
        try scanner.expect(.object, of: field)
        var text: String?
        try scanner.openObject()
        while let key = try scanner.nextKey() {
            switch key {
            case "text", "refusal": text = try scanner.string(of: field + "." + key)
            case "image_url", "input_audio", "file":
                prompt.attachments += 1
                try scanner.skipValue()
            default: try scanner.skipValue()
            }
        }
        return text
    }
}
