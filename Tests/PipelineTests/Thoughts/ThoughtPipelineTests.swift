import GatewayCore
import GatewayTesting
import NIOCore
import Routing
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Thoughts that a client drops go back to their provider", .timeLimit(.minutes(1)))
struct ThoughtPipelineTests {
    private static let answer = #"{"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[{"type":"thinking","thinking":"hm","signature":"sig-1"},{"type":"tool_use","id":"call-1","name":"f","input":{}}],"stop_reason":"tool_use","usage":{"input_tokens":3,"output_tokens":4}}"#
    private static let tools = #""tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"reasoning_effort":"high""#
    private static let question = #"{"model":"m","messages":[{"role":"user","content":"q"}],\#(tools)}"#
    /// As a client sends it that knows nothing of thoughts.
    private static let followUp = #"{"model":"m","messages":[{"role":"user","content":"q"},{"role":"assistant","content":null,"tool_calls":[{"id":"call-1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"call-1","content":"r"}],\#(tools)}"#

    private static let events: [(name: String, data: String)] = [
        ("message_start", #"{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[],"usage":{"input_tokens":3,"output_tokens":1}}}"#),
        ("content_block_start", #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}"#),
        ("content_block_delta", #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}"#),
        ("content_block_delta", #"{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"sig-1"}}"#),
        ("content_block_stop", #"{"type":"content_block_stop","index":0}"#),
        ("content_block_start", #"{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"call-1","name":"f","input":{}}}"#),
        ("content_block_delta", #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}"#),
        ("content_block_stop", #"{"type":"content_block_stop","index":1}"#),
        ("message_delta", #"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":4}}"#),
        ("message_stop", #"{"type":"message_stop"}"#),
    ]

    /// The same in the words of Bedrock's Converse.
    private static let converse = #"{"output":{"message":{"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"hm","signature":"sig-1"}}},{"toolUse":{"toolUseId":"call-1","name":"f","input":{}}}]}},"stopReason":"tool_use","usage":{"inputTokens":3,"outputTokens":4,"totalTokens":7}}"#

    private static func answer(of api: ProviderAPI) -> String {
        switch api {
        case .anthropic: answer
        case .bedrock: converse
        default: PipelineFixture.answer
        }
    }

    private struct Asked {
        var body: String
        var tenant = TenantID("acme")
        var control: [String] = []
    }

    /// The contents of the assistant's turns that the provider was sent, one list for each request.
    private func sent(
        _ asked: [Asked], api: ProviderAPI = .anthropic, store: ThoughtMemory = ThoughtMemory(),
        between: () -> Void = {}
    ) async throws -> [[JSONElement]] {
        var turns: [[JSONElement]] = []
        try await PipelineFixture.run(mode: .off, script: { exchange in
            guard String(decoding: exchange.request.body, as: UTF8.self).contains(#""stream":true"#) else {
                return try await exchange.respond(body: Self.answer(of: api))
            }
            try await exchange.eventHead()
            for event in Self.events { try await exchange.event(event.data, name: event.name) }
            try await exchange.endChunks()
        }) { fixture in
            var provider = ProviderConfiguration(
                name: "p", baseURL: fixture.provider.url("/v1"), allowsPrivateAddresses: true)
            provider.api = api
            if api == .bedrock { provider.place.region = "eu-central-1" }
            var routing = RoutingConfiguration()
            routing.providers = [provider]
            routing.routes = [
                RouteConfiguration(model: "m", targets: [TargetConfiguration(provider: "p", model: "claude-opus-4-5")])
            ]
            let base = fixture.pipeline
            let pipeline = Pipeline(
                directory: base.directory, analyzer: base.analyzer, cache: base.cache,
                router: Router(configuration: routing, health: HealthBoard(replica: "r"), limits: nil),
                upstream: base.upstream, writer: base.writer, recorder: base.recorder,
                thoughts: ThoughtDesk(store: store))
            for asked in asked {
                var headers = CallerHeaders()
                headers.cacheControl = asked.control
                let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient())
                let reply = await pipeline.respond(
                    to: ByteBuffer(string: asked.body), headers: headers, scope: CacheScope(tenant: asked.tenant),
                    exchange: exchange)
                _ = await reply.text()
                await exchange.finish(isClientGone: false)
                #expect(exchange.record.status == 200)
                between()
            }
            turns = try fixture.provider.record.requests.map { request in
                let root = try JSONDocument(String(decoding: request.body, as: UTF8.self)).root
                let messages = root["messages"]?.elements.filter { $0["role"]?.string == "assistant" } ?? []
                return messages.flatMap { Array($0["content"]?.elements ?? root.elements) }
            }
        }
        return turns
    }

    private func types(_ content: [JSONElement]) -> [String?] { content.map { $0["type"]?.string } }

    @Test("The thought stands in front of its call again, after a whole answer and after a stream", arguments: [
        false, true,
    ])
    func restored(isStream: Bool) async throws {
        let stream = isStream ? #","stream":true}"# : "}"
        let turns = try await sent([
            Asked(body: Self.question.dropLast() + stream), Asked(body: Self.followUp),
        ])
        #expect(turns.count == 2)
        #expect(types(turns[1]) == ["thinking", "tool_use"])
        #expect(turns[1].first?["signature"]?.string == "sig-1")
        #expect(turns[1].first?["thinking"]?.string == "hm")
    }

    @Test("At Bedrock it stands there in Bedrock's words")
    func bedrock() async throws {
        let turns = try await sent([Asked(body: Self.question), Asked(body: Self.followUp)], api: .bedrock)
        #expect(turns.count == 2)
        let thought = try #require(turns[1].first?["reasoningContent"]?["reasoningText"])
        #expect(thought["text"]?.string == "hm" && thought["signature"]?.string == "sig-1")
        #expect(turns[1].last?["toolUse"]?["toolUseId"]?.string == "call-1")
    }

    @Test("Another tenant gets nothing of it, and neither does one whose answer was not to be stored")
    func walls() async throws {
        let other = try await sent([
            Asked(body: Self.question), Asked(body: Self.followUp, tenant: TenantID("other")),
        ])
        #expect(types(other[1]) == ["tool_use"])
        let unstored = try await sent([
            Asked(body: Self.question, control: ["no-store"]), Asked(body: Self.followUp),
        ])
        #expect(types(unstored[1]) == ["tool_use"])
    }

    @Test("Where the store does not answer the request goes as it is")
    func away() async throws {
        let store = ThoughtMemory()
        let turns = try await sent(
            [Asked(body: Self.question), Asked(body: Self.followUp)], store: store, between: { store.goAway() })
        #expect(store.asked == 1)
        #expect(types(turns[1]) == ["tool_use"])
    }

    @Test("The store is asked once, and only for a history with calls that goes to a provider which signs thoughts")
    func roundTrips() async throws {
        let store = ThoughtMemory()
        _ = try await sent([Asked(body: Self.question)], store: store)
        #expect(store.asked == 0)
        #expect(store.count == 1)
        _ = try await sent([Asked(body: Self.followUp)], api: .compatible, store: store)
        #expect(store.asked == 0)
        _ = try await sent([Asked(body: Self.followUp)], store: store)
        #expect(store.asked == 1)
    }
}
