import GatewayCore
import GatewayTesting
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
            #expect(fixture.store.saves == 1)
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
}
