/// What a request asks for, in whatever dialect it asked.
struct MockPrompt: Sendable, Equatable {
    /// Whether the answer shall show how it was thought out.
    enum Thinking: Sendable, Equatable {
        case none
        /// Thought about, signed, but not shown.
        case hidden
        case shown
    }

    /// Tokens counted for an image or a document, whatever its size.
    static let attachmentTokens = 256

    var model = ""
    var isStreamed = false
    /// Of Chat Completions alone: the other dialects always tell usage.
    var includesUsage = false
    /// Most tokens of the answer, thinking included.
    var tokenLimit: Int?
    /// Text of the last user message; text parts are joined by a line feed.
    var lastUserText = ""
    /// UTF-8 bytes of text over all messages, for the prompt's share of usage.
    var promptBytes = 0
    /// Images, documents and sounds over all messages.
    var attachments = 0
    /// Bytes of `promptBytes` before the last mark that asks the provider to cache.
    var markedBytes: Int?
    var tools: [MockTool] = []
    var toolChoice = MockToolChoice.automatic
    var allowsParallelCalls = true
    /// The last message brings results of calls: it is answered by text, unless a call is required.
    var endsWithToolResult = false
    /// The answer must be JSON of this schema; an empty one allows any object.
    var answerSchema: MockJSON?
    var thinking = Thinking.none
    var stopSequences: [String] = []

    /// Four bytes to a token is the usual rule of thumb for English text.
    static func tokens(ofBytes bytes: Int) -> Int {
        (bytes + 3) / 4
    }

    /// Tokens of the whole prompt, at least one.
    var promptTokens: Int {
        max(1, Self.tokens(ofBytes: promptBytes) + attachments * Self.attachmentTokens)
    }

    /// The functions to call: what the request demands, else each tool as often as the prompt names it.
    var wantedCalls: [MockTool] {
        var wanted: [MockTool] = []
        switch toolChoice {
        case .never: return []
        case .automatic: wanted = endsWithToolResult ? [] : mentions(of: tools)
        case .required: wanted = demanded(of: tools)
        case .named(let names): wanted = demanded(of: tools.filter { names.contains($0.name) })
        }
        return Array(wanted.prefix(allowsParallelCalls ? Self.callLimit : 1))
    }

    static let callLimit = 16

    private func demanded(of tools: [MockTool]) -> [MockTool] {
        let named = mentions(of: tools)
        return named.isEmpty ? Array(tools.prefix(1)) : named
    }

    /// One element for each place where the question names a tool as a word of its own, in the question's order.
    private func mentions(of tools: [MockTool]) -> [MockTool] {
        guard !tools.isEmpty else { return [] }
        let words = lastUserText.utf8.split { !Self.isNameByte($0) }
        return words.compactMap { word in tools.first { $0.name.utf8.elementsEqual(word) } }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
