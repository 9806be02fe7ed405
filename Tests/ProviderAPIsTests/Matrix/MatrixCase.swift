import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

/// A provider's stream and what any client has to make of it, written by hand.
struct MatrixCase: CustomTestStringConvertible, Sendable {
    enum Wire: String { case openai, responses, anthropic, gemini, bedrock }

    let wire: Wire
    let name: String
    let bytes: [UInt8]
    let view: ClientView

    init(
        _ wire: Wire, _ name: String, _ bytes: [UInt8], text: String = "", thoughts: String = "", refusal: String = "",
        calls: [String] = [], _ ending: ClientView.Ending, usage: ClientView.Usage? = nil
    ) {
        (self.wire, self.name, self.bytes) = (wire, name, bytes)
        view = ClientView(
            text: text, thoughts: thoughts, refusal: refusal, calls: calls, ending: ending, usage: usage,
            isClosed: true)
    }

    var testDescription: String { "\(wire) \(name)" }

    private var provider: any ProviderDialect {
        switch wire {
        case .openai: ChatCompletionsProvider(.openAI)
        case .responses: ResponsesProvider()
        case .anthropic: AnthropicProvider()
        case .gemini: GeminiProvider(.geminiAPI)
        case .bedrock: BedrockProvider(region: "eu-central-1")
        }
    }

    private var parser: any EventParser { wire == .bedrock ? AmazonEventStreamParser() : EventStreamParser() }

    /// What a client of that dialect is sent.
    /// - Parameter split: where the provider's bytes are divided.
    func stream(to api: ClientAPI, split: Int) throws -> String {
        var request = Conversation(model: "m")
        (request.isStream, request.wantsStreamUsage) = (true, true)
        var parser = parser
        var relay = StreamRelay(
            .translating, from: provider.stream(), to: ClientDialects.dialect(of: api).stream(of: request),
            identity: AnswerIdentity(id: "abc", created: 17))
        var events: [ServerSentEvent] = []
        for piece in [bytes[..<split], bytes[split...]] { events += try parser.append(ByteBuffer(bytes: piece)) }
        if let last = try parser.finish() { events.append(last) }
        var sent = ""
        for event in events {
            switch try relay.consume(event) {
            case .lifecycle(let frame), .content(let frame), .usage(let frame): sent += String(buffer: frame)
            case .done, .ignored: break
            }
        }
        _ = try relay.finish()
        return sent + String(buffer: relay.lastFrames)
    }
}
