import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import Policy
import SemanticCache
import Testing

@testable import Pipeline

/// The dry run of a request.
@Suite("Explanations of requests", .timeLimit(.minutes(1)))
struct ExplainTests {
    private typealias Fixture = PipelineFixture

    private func explain(
        _ body: String, of fixture: Fixture, _ change: (inout CallerHeaders) -> Void = { _ in }
    ) async throws -> JSONElement {
        var headers = CallerHeaders()
        headers.key = "sk"
        change(&headers)
        let scope = try fixture.pipeline.directory.identify(headers)
        let explanation = try await fixture.pipeline.explain(ByteBuffer(string: body), headers: headers, scope: scope)
        return try JSONDocument(explanation.json).root
    }

    @Test("No provider is called, nothing is stored and nothing recorded; the order names the target")
    func dryRun() async throws {
        try await Fixture.run { fixture in
            let root = try await explain(Fixture.body("0 what"), of: fixture)
            #expect(root["object"]?.string == "route.explanation")
            #expect(root["refused"] == nil)
            #expect(root["routing"]?["route"]?.string == "m")
            let candidate = try #require(root["routing"]?["candidates"]?.elements.first { _ in true })
            #expect(candidate["deployment"]?.string == "p/p-m")
            #expect(candidate["input_tokens"]?.integer ?? 0 > 0)
            #expect(candidate["cost_nanodollars"]?.isNull == true)
            #expect(fixture.provider.record.requests.isEmpty)
            #expect(fixture.store.saves == 0)
            #expect(fixture.recorded == 0)
        }
    }

    @Test("The cache's part tells of the wall, the exact answer with its age, and the nearest question")
    func cache() async throws {
        try await Fixture.run { fixture in
            let before = try await explain(Fixture.body("0 what"), of: fixture)["cache"]
            #expect(before?["class"]?.string == "semantic")
            #expect(before?["partition"]?.bool == false)
            #expect(before?["exact_hit"]?.bool == false)
            #expect(before?["nearest"] == nil)
            #expect(await fixture.ask(Fixture.body("0 what")).record.write == .stored)

            let same = try await explain(Fixture.body("0 what"), of: fixture)["cache"]
            #expect(same?["partition"]?.bool == true)
            #expect(same?["exact_hit"]?.bool == true)
            #expect(same?["exact_age_s"]?.integer ?? -1 >= 0)

            // cos 60° is 0.5, and the threshold 0.9.
            let far = try await explain(Fixture.body("60 what"), of: fixture)["cache"]
            #expect(far?["exact_hit"]?.bool == false)
            #expect(abs((far?["nearest"]?.double ?? 0) - 0.5) < 0.001)
            #expect(far?["nearest_refused"]?.string == "below")
            #expect(far?["searched_by_meaning"]?.bool == true)
            let candidate = try #require(far?["similar"]?.elements.first { _ in true })
            #expect(candidate["entry"]?.string?.count == 32 && candidate["age_s"]?.integer ?? -1 >= 0)
            #expect(candidate["refused"]?.string == "below" && candidate["served"]?.bool == false)
            #expect(candidate["guard"]?.string != nil && candidate["curated"]?.bool == false)
            let served = try #require(same?["similar"]?.elements.first { _ in true })
            #expect(served["refused"]?.isNull == true && served["served"]?.bool == true)
            #expect(fixture.store.saves == 1)
        }
    }

    @Test("Where the present encoder finds nothing, it tells what the one before finds, while that one is asked")
    func former() async throws {
        try await Fixture.run(former: FakeEncoder()) { fixture in
            _ = await fixture.ask(Fixture.body("0 a"))
            let own = try await explain(Fixture.body("0 b"), of: fixture)["cache"]
            #expect(own?["nearest_refused"] == nil && own?["former"] == nil)
            fixture.encoder.become(.turned)
            let found = try await explain(Fixture.body("0 c"), of: fixture)["cache"]
            #expect(found?["nearest_refused"]?.string == "below")
            #expect(found?["former"]?["nearest_refused"] == nil)
            let candidate = try #require(found?["former"]?["similar"]?.elements.first { _ in true })
            #expect(candidate["served"]?.bool == true)
            #expect(fixture.formerHits.withLockedValue { $0 } == 0)
            fixture.isFormerOver.withLockedValue { $0 = true }
            #expect(try await explain(Fixture.body("0 c"), of: fixture)["cache"]?["former"] == nil)
        }
    }

    @Test("An exact answer past its life is no hit, nor is one that is older than the caller wants it")
    func exactRefusal() async throws {
        try await RefreshFixture.run { fixture in
            _ = await fixture.ask("0 a")
            func cache(_ control: [String] = []) async throws -> JSONElement? {
                var headers = CallerHeaders()
                headers.cacheControl = control
                let explanation = try await fixture.pipeline.explain(
                    ByteBuffer(string: Fixture.body("0 a")), headers: headers,
                    scope: CacheScope(tenant: fixture.tenant))
                return try JSONDocument(explanation.json).root["cache"]
            }
            fixture.clock.advance(by: .seconds(500))
            let fresh = try await cache()
            #expect(fresh?["exact_hit"]?.bool == true && fresh?["exact_refused"] == nil)
            let unwanted = try await cache(["max-age=100"])
            #expect(unwanted?["exact_hit"]?.bool == false && unwanted?["exact_refused"]?.string == "not_fresh")
            fixture.clock.advance(by: .seconds(700))
            let stale = try await cache()
            #expect(stale?["exact_hit"]?.bool == false && stale?["exact_refused"]?.string == "stale")
            #expect(fixture.calls == 1)
        }
    }

    @Test("A caller that wants no cached answer is told that the cache would be left alone")
    func bypass() async throws {
        try await Fixture.run { fixture in
            let root = try await explain(Fixture.body("0 what"), of: fixture) { $0.cacheControl = ["no-cache"] }
            #expect(root["cache"]?["bypass"]?.string == "caller_bypass")
            #expect(root["cache"]?["searched_by_meaning"]?.bool == false)
            let off = try await explain(Fixture.body("0 what"), of: fixture) { $0.cacheMode = "off" }
            #expect(off["cache"]?["class"]?.string == "never")
        }
    }

    @Test("A store that is down leaves the exact hit unknown and the rest explained")
    func storeDown() async throws {
        try await Fixture.run { fixture in
            fixture.store.goDown()
            let root = try await explain(Fixture.body("0 what"), of: fixture)
            #expect(root["cache"]?["exact_hit"]?.isNull == true)
            #expect(root["routing"]?["route"]?.string == "m")
        }
    }

    @Test("What could not be a request is refused as it would be", arguments: [
        ("{", GatewayErrorCode.invalidJSON),
        (#"{"model":"x","messages":[{"role":"user","content":"q"}]}"#, .modelNotFound),
    ])
    func refused(body: String, code: GatewayErrorCode) async throws {
        try await Fixture.run { fixture in
            let error = await #expect(throws: GatewayError.self) { try await explain(body, of: fixture) }
            #expect(error?.code == code)
        }
    }

    @Test("A request is read in the API that its shape or the caller names", arguments: [
        (#"{"model":"m","input":"q"}"#, nil, nil, "responses"),
        (#"{"model":"m","max_tokens":9,"system":"s","messages":[{"role":"user","content":"q"}]}"#, nil, nil, "messages"),
        (#"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"}],"tools":[{"name":"f","input_schema":{"type":"object"}}]}"#,
            nil, nil, "messages"),
        (#"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"r"}]}]}"#,
            nil, nil, "messages"),
        (#"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"}]}"#, nil, nil, "chat"),
        (#"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"}]}"#, "messages", nil, "messages"),
        (#"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"}]}"#, nil, "2023-06-01", "messages"),
        (#"{"model":"m","messages":[{"role":"user","content":"q"}]}"#, "chat", "2023-06-01", "chat"),
    ] as [(String, String?, String?, String)])
    func apis(_ body: String, _ name: String?, _ version: String?, _ api: String) async throws {
        try await Fixture.run { fixture in
            let root = try await explain(body, of: fixture) { headers in
                headers.api = name
                if let version { headers.ofAPI = [("anthropic-version", version)] }
            }
            #expect(root["api"]?.string == api && root["model"]?.string == "m")
            #expect(root["routing"]?["candidates"]?.elements.contains { _ in true } == true)
            #expect(fixture.provider.record.requests.isEmpty)
        }
    }

    @Test("What was answered to one API is found in the explanation of the same question in another")
    func acrossAPIs() async throws {
        try await Fixture.run { fixture in
            _ = await fixture.ask(Fixture.body("0 what"))
            let other = try await explain(#"{"model":"m","input":"0 what"}"#, of: fixture)
            #expect(other["cache"]?["exact_hit"]?.bool == true)
        }
    }

    @Test("A body of no API, and one that is not what the caller says, is refused", arguments: [
        (#"{"model":"m"}"#, nil, nil), (#"{"model":"m","prompt":"q"}"#, nil, nil),
        (#"{"model":"m","input":"q"}"#, "audio", "x-refrain-api"), (#"{"model":"m","input":"q"}"#, "chat", "messages"),
        (#"{"model":"m","messages":[]}"#, "responses", "input"),
    ] as [(String, String?, String?)])
    func noAPI(_ body: String, _ name: String?, _ parameter: String?) async throws {
        try await Fixture.run { fixture in
            let error = await #expect(throws: GatewayError.self) {
                _ = try await explain(body, of: fixture) { $0.api = name }
            }
            #expect(error?.code == .invalidRequest && error?.parameter == parameter)
        }
    }
}
