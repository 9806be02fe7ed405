import Embedding
import Foundation
import GatewayCore
import GatewayTesting
import NIOCore
import Routing
import Testing

@testable import Pipeline

@Suite("Embeddings", .timeLimit(.minutes(1)))
struct EmbeddingsPipelineTests {
    private static let answer = #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":"AACAPw=="}],"model":"there","usage":{"prompt_tokens":9,"total_tokens":9}}"#

    /// Asks a pipeline whose encoder is served as `own`, beside the route `m`.
    private func ask(
        _ bodies: [String], api: ProviderAPI = .compatible, mood: FakeEncoder.Mood = .well,
        timeout: Duration? = nil,
        script: @escaping ScriptedServer.Script = { try await $0.respond(body: answer) }
    ) async throws -> (records: [ExchangeRecord], texts: [String], sent: [ScriptedRequest]) {
        var result: (records: [ExchangeRecord], texts: [String], sent: [ScriptedRequest]) = ([], [], [])
        try await PipelineFixture.run(script: script) { fixture in
            fixture.encoder.become(mood)
            var routing = RoutingConfiguration()
            var provider = ProviderConfiguration(
                name: "p", baseURL: fixture.provider.url("/v1"), allowsPrivateAddresses: true)
            provider.api = api
            routing.providers = [provider]
            routing.routes = [
                RouteConfiguration(model: "m", targets: [TargetConfiguration(provider: "p", model: "there")])
            ]
            let base = fixture.pipeline
            let pipeline = Pipeline(
                directory: base.directory, analyzer: base.analyzer, cache: base.cache,
                router: Router(configuration: routing, health: HealthBoard(replica: "r"), limits: nil),
                upstream: base.upstream, writer: base.writer, recorder: base.recorder,
                served: ServedEncoder(model: "own", embedder: fixture.encoder))
            #expect(pipeline.models == ["m", "own"])
            for body in bodies {
                let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient())
                var headers = CallerHeaders()
                headers.timeout = timeout
                let reply = await pipeline.embed(
                    ByteBuffer(string: body), headers: headers, scope: CacheScope(tenant: .open),
                    exchange: exchange)
                result.texts.append(await reply.text())
                await exchange.finish(isClientGone: false)
                result.records.append(exchange.record)
            }
            result.sent = fixture.provider.record.requests
            #expect(fixture.recorded == bodies.count)
        }
        return result
    }

    private func vectors(_ text: String) throws -> [[Float]] {
        let root = try JSONDocument(text).root
        return root["data"]?.elements.map { element in
            element["embedding"]?.elements.compactMap { $0.double.map(Float.init) } ?? []
        } ?? []
    }

    @Test("The gateway's own encoder gives the vectors of all texts in their order, also of more than wait at a time")
    func own() async throws {
        let angles = (0..<40).map { [0, 5, 60][$0 % 3] }
        let input = angles.map { "\"\($0) degrees\"" }.joined(separator: ",")
        let asked = try await ask([#"{"model":"own","input":[\#(input)]}"#])
        let found = try vectors(asked.texts[0])
        #expect(found == angles.map { FakeEncoder.vector("\($0)").components })
        let root = try JSONDocument(asked.texts[0]).root
        #expect(root["model"]?.string == "own")
        // Nine or ten bytes of English each: three tokens by estimate, as this encoder does not say.
        #expect(root["usage"]?["prompt_tokens"]?.integer == 120)
        #expect(asked.sent.isEmpty)
        #expect(asked.records[0].status == 200)
        #expect(asked.records[0].route == "own")
        #expect(asked.records[0].usage == nil)
    }

    @Test("Base64 is what the official SDK decodes: little-endian floats of 32 bits")
    func base64() async throws {
        let asked = try await ask([#"{"model":"own","input":"0 degrees","encoding_format":"base64"}"#])
        let found = try JSONDocument(asked.texts[0]).root["data"]?.elements.compactMap { $0["embedding"]?.string }
        let text = try #require(found?.first)
        let bytes = try #require(Data(base64Encoded: text))
        // 1.0 is 0x3F800000.
        #expect(Array(bytes) == [0, 0, 0x80, 0x3F] + [UInt8](repeating: 0, count: 60))
    }

    @Test("What the encoder cannot do is said with the field at fault", arguments: [
        (#"{"model":"own","input":"a","dimensions":8}"#, "dimensions"), (#"{"model":"own","input":[1,2]}"#, "input"),
        (#"{"model":"own"}"#, "input"),
    ])
    func refused(body: String, parameter: String) async throws {
        let asked = try await ask([body])
        #expect(asked.records[0].status == 400)
        #expect(try JSONDocument(asked.texts[0]).root["error"]?["param"]?.string == parameter)
    }

    @Test("A text that is too long is named, and an encoder that fails is no fault of the client")
    func failures() async throws {
        let body = #"{"model":"own","input":["a","b"]}"#
        let long = try await ask([body], mood: .fails(.textTooLong))
        #expect(long.records[0].status == 400)
        #expect(try JSONDocument(long.texts[0]).root["error"]?["param"]?.string == "input[0]")
        let busy = try await ask([body], mood: .fails(.overloaded))
        #expect(busy.records[0].errorCode == .overloaded)
        let broken = try await ask([body], mood: .fails(.remoteFailed))
        #expect(broken.records[0].status == 502)
    }

    @Test("Only a few requests are embedded at once, and those who go away make room")
    func bound() async throws {
        let encoder = FakeEncoder()
        encoder.become(.hangs)
        let served = ServedEncoder(model: "own", embedder: encoder)
        try await withThrowingTaskGroup(of: GatewayErrorCode?.self) { group in
            for _ in 0..<ServedEncoder.requestLimit {
                group.addTask {
                    do throws(GatewayError) { _ = try await served.vectors(of: ["a"]) } catch { return error.code }
                    return nil
                }
            }
            while encoder.calls < ServedEncoder.requestLimit { await Task.yield() }
            let error = await #expect(throws: GatewayError.self) { try await served.vectors(of: ["b"]) }
            #expect(error?.code == .overloaded)
            #expect(encoder.calls == ServedEncoder.requestLimit)
            group.cancelAll()
            for try await code in group { #expect(code == .clientGone) }
        }
        encoder.become(.well)
        #expect(try await served.vectors(of: ["0"]).count == 1)
    }

    @Test("A provider gets the client's bytes with the model's name there, its answer passes, and its use is recorded")
    func forwarded() async throws {
        let asked = try await ask([#"{"input":"a", "model":"m","encoding_format":"base64"}"#])
        #expect(asked.texts == [Self.answer])
        #expect(asked.sent.map(\.target) == ["/v1/embeddings"])
        #expect(
            asked.sent.map { String(decoding: $0.body, as: UTF8.self) }
                == [#"{"input":"a", "model":"there","encoding_format":"base64"}"#])
        let record = asked.records[0]
        #expect(record.usage == TokenUsage(promptTokens: 9, completionTokens: 0))
        #expect(record.attempts.map(\.result) == ["ok"])
        #expect(record.route == "m")
    }

    @Test("An answer with fewer vectors than texts is none, and a refusal comes in the provider's words")
    func broken() async throws {
        let asked = try await ask([#"{"model":"m","input":["a","b"]}"#])
        #expect(asked.records[0].status == 502)
        #expect(asked.records[0].attempts.map(\.result) == ["malformed_answer"])
        let words = #"{"error":{"message":"too long","type":"invalid_request_error"}}"#
        let refused = try await ask([#"{"model":"m","input":"a"}"#]) { try await $0.respond(400, body: words) }
        #expect(refused.records[0].status == 400)
        #expect(refused.texts == [words])
    }

    @Test("A route without a provider that makes embeddings says so, and one that is not there is not found")
    func nobody() async throws {
        let asked = try await ask(
            [#"{"model":"m","input":"a"}"#, #"{"model":"absent","input":"a"}"#], api: .anthropic)
        #expect(asked.records.map(\.status) == [400, 404])
        #expect(asked.sent.isEmpty)
    }

    @Test("When the caller's time is over the answer is 504, from a provider and from the own encoder that hang")
    func deadline() async throws {
        let gate = ProceedGate()
        let asked = try await ask(
            [#"{"model":"m","input":"a"}"#, #"{"model":"own","input":"a"}"#], mood: .hangs,
            timeout: .milliseconds(50)
        ) { _ in try await gate.wait() }
        #expect(asked.records.map(\.status) == [504, 504])
        #expect(asked.records.map(\.errorCode) == [.providerTimeout, .providerTimeout])
        // The caller's time says nothing of the target.
        #expect(asked.records[0].attempts.map(\.result) == ["deadline"])
    }

    @Test("In time the answer comes as without a deadline")
    func inTime() async throws {
        let asked = try await ask(
            [#"{"model":"m","input":"a"}"#, #"{"model":"own","input":"0"}"#], timeout: .seconds(50))
        #expect(asked.records.map(\.status) == [200, 200])
    }

    @Test("Google's embeddings come in OpenAI's form, with tokens by estimate")
    func google() async throws {
        let asked = try await ask([#"{"model":"m","input":["a","b"]}"#], api: .gemini) {
            try await $0.respond(body: #"{"embeddings":[{"values":[1,0]},{"values":[0,1]}]}"#)
        }
        #expect(asked.sent.map(\.target) == ["/v1/v1beta/models/there:batchEmbedContents"])
        #expect(try vectors(asked.texts[0]) == [[1, 0], [0, 1]])
        #expect(try JSONDocument(asked.texts[0]).root["usage"]?["prompt_tokens"]?.integer ?? 0 > 0)
        #expect(asked.records[0].usage == nil)
    }
}
