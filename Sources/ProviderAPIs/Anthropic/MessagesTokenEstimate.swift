internal import GatewayCore

/// Sums the estimates of what a request holds.
struct MessagesTokenEstimate {
    private(set) var sum = 0
    private let tokens: (String) -> Int

    /// A picture of the largest size that is not scaled down (1568 tokens by the provider's guide on vision).
    private static let image = 1_568
    /// Two pages of 1500 to 3000 tokens each, and base64 of 50 kB a page.
    private static let page = 2_250
    private static let bytesPerPage = 50_000
    /// What marks a turn and a tool.
    private static let frame = 4

    init(tokens: @escaping (String) -> Int) { self.tokens = tokens }

    mutating func add(_ message: Message) {
        add(Self.frame)
        for part in message.parts { add(part.content) }
    }

    mutating func add(_ tool: Tool) {
        add(Self.frame)
        switch tool {
        case .native(let native): add(native.description)
        case .function(let function):
            add(function.name)
            add(function.description ?? "")
            add(function.parameters?.description ?? "")
        }
    }

    mutating func add(_ text: String) { if !text.isEmpty { add(max(0, tokens(text))) } }

    private mutating func add(_ content: ContentPart.Content) {
        switch content {
        case .text(let text), .refusal(let text), .thinking(let text, _), .redactedThinking(let text): add(text)
        case .image: add(Self.image)
        case .audio(let media), .file(let media): add(media)
        case .toolCall(let call):
            add(call.name)
            add(call.arguments)
        case .toolResult(let result): for part in result.parts { add(part.content) }
        case .native(let native): add(native.description)
        }
    }

    private mutating func add(_ media: Media) {
        guard case .inline(let type, let base64) = media.source else { return add(Self.page) }
        if type.hasPrefix("text/"), let text = Base64.decodeText(base64) { return add(text) }
        let (tokens, overflows) = (base64.utf8.count / Self.bytesPerPage + 1).multipliedReportingOverflow(by: Self.page)
        add(overflows ? .max : tokens)
    }

    private mutating func add(_ count: Int) {
        let (next, overflows) = sum.addingReportingOverflow(count)
        sum = overflows ? .max : next
    }
}
