import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Routing
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Responses that are kept", .timeLimit(.minutes(1)))
struct ResponseDeskTests {
    /// A pipeline that keeps responses, and its provider.
    private struct Place {
        let pipeline: Pipeline
        let provider: ScriptedServer
        let store: ResponseMemory
        let fixture: PipelineFixture

        struct Answered {
            let status: Int
            let text: String
            let record: ExchangeRecord

            /// The response object: the body, or that of the last event of a stream.
            func object() throws -> JSONElement {
                guard text.hasPrefix("event:") else { return try JSONDocument(text).root }
                var parser = EventStreamParser()
                let last = try #require(try parser.append(ByteBuffer(string: text)).last)
                return try #require(try JSONDocument(last.data).root["response"])
            }
        }

        func ask(
            _ input: String, after previous: String? = nil, more: String = "", tenant: TenantID = TenantID("acme"),
            control: [String] = []
        ) async -> Answered {
            let before = previous.map { #","previous_response_id":"\#($0)""# } ?? ""
            var headers = CallerHeaders()
            headers.cacheControl = control
            let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient(), api: .responses)
            let reply = await pipeline.respond(
                to: ByteBuffer(string: #"{"model":"m","input":\#(input)\#(before)\#(more)}"#), headers: headers,
                scope: CacheScope(tenant: tenant), exchange: exchange)
            let text = await reply.text()
            await exchange.finish(isClientGone: false)
            return Answered(status: reply.status, text: text, record: exchange.record)
        }

        /// The conversation of the last request that the provider got: each turn as its role and its text.
        func told() throws -> [String] {
            let request = try #require(provider.record.requests.last)
            let root = try JSONDocument(String(decoding: request.body, as: UTF8.self)).root
            return root["messages"]?.elements.map { message in
                let text = message["content"]?.string
                    ?? message["content"]?.elements.compactMap { $0["text"]?.string }.joined()
                return "\(message["role"]?.string ?? "?"): \(text ?? "")"
            } ?? []
        }
    }

    private static let frames = [
        #"{"id":"1","object":"chat.completion.chunk","created":1,"model":"served","choices":[{"index":0,"delta":{"role":"assistant","content":"h"},"finish_reason":null}]}"#,
        #"{"id":"1","object":"chat.completion.chunk","created":1,"model":"served","choices":[{"index":0,"delta":{"content":"i"},"finish_reason":"stop"}]}"#,
        "[DONE]",
    ]

    /// A provider that always names its answer `1`.
    private func withPlace(
        limit: Int = 1 << 20, isCut: Bool = false, _ test: (Place) async throws -> Void
    ) async throws {
        let script: ScriptedServer.Script = { exchange in
            guard String(decoding: exchange.request.body, as: UTF8.self).contains(#""stream":true"#) else {
                return try await exchange.respond(body: PipelineFixture.answer)
            }
            try await exchange.eventHead()
            for frame in Self.frames.dropLast(isCut ? 2 : 0) { try await exchange.event(frame) }
            try await exchange.endChunks()
        }
        try await PipelineFixture.run(mode: .exact, hasEncoder: false, script: script) { fixture in
            let store = ResponseMemory()
            let base = fixture.pipeline
            let pipeline = Pipeline(
                directory: base.directory, analyzer: base.analyzer, cache: base.cache, router: base.router,
                upstream: base.upstream, writer: base.writer, recorder: base.recorder,
                responses: ResponseDesk(store: store, bytesLimit: limit))
            try await test(Place(pipeline: pipeline, provider: fixture.provider, store: store, fixture: fixture))
        }
    }

    @Test("A chain goes on by the last id alone, whole or streamed, with one read for each turn")
    func chain() async throws {
        try await withPlace { place in
            let first = try await place.ask(#""one""#, more: #","instructions":"first""#).object()
            let id = try #require(first["id"]?.string)
            #expect(id.hasPrefix("resp_") && id != "resp_1")
            #expect(first["store"]?.bool == true && first["previous_response_id"]?.isNull == true)
            let second = await place.ask(#""two""#, after: id, more: #","stream":true,"instructions":"then""#)
            let answered = try second.object()
            #expect(second.status == 200 && answered["previous_response_id"]?.string == id)
            #expect(try place.told() == ["system: then", "user: one", "assistant: hi", "user: two"])
            let asked = place.store.asked
            let last = try #require(answered["id"]?.string)
            let third = await place.ask(#""three""#, after: last)
            #expect(third.status == 200 && place.store.asked == asked + 2)
            #expect(
                try place.told() == ["user: one", "assistant: hi", "user: two", "assistant: hi", "user: three"])
            // Both went on from the same one.
            _ = await place.ask(#""other""#, after: id)
            #expect(try place.told() == ["user: one", "assistant: hi", "user: other"])
        }
    }

    @Test("Every event of a stream names the response's own id, and it is kept before the last of them comes")
    func stream() async throws {
        try await withPlace { place in
            let answered = await place.ask(#""one""#, more: #","stream":true"#)
            var parser = EventStreamParser()
            let events = try parser.append(ByteBuffer(string: answered.text)).map { try JSONDocument($0.data).root }
            let objects = events.compactMap { $0["response"] }
            #expect(objects.count == 3 && Set(objects.compactMap { $0["id"]?.string }).count == 1)
            #expect(objects.last?["store"]?.bool == true)
            #expect(events.compactMap { $0["sequence_number"]?.integer } == Array(0..<events.count))
            #expect(place.store.keys.count == 1)
        }
    }

    @Test("Hits of one entry have ids of their own, each of which can be gone on from")
    func hits() async throws {
        try await withPlace { place in
            var ids: Set<String> = []
            for more in ["", "", #","stream":true"#] {
                let answered = await place.ask(#""one""#, more: more)
                if !ids.isEmpty { #expect(answered.record.outcome == .hitExact) }
                ids.insert(try #require(try answered.object()["id"]?.string))
            }
            #expect(ids.count == 3 && place.provider.record.requests.count == 1)
            for id in ids { #expect(await place.ask(#""more \#(id)""#, after: id).status == 200) }
        }
    }

    @Test("What may not be kept is not, and says so", arguments: [
        (#","store":false"#, []), ("", ["no-store"]), (#","store":false,"stream":true"#, []),
    ])
    func notKept(_ more: String, _ control: [String]) async throws {
        try await withPlace { place in
            let object = try await place.ask(#""one""#, more: more, control: control).object()
            #expect(object["store"]?.bool == false && object["status"]?.string == "completed")
            #expect(place.store.keys.isEmpty && place.store.asked == 0)
            let id = try #require(object["id"]?.string)
            #expect(await place.ask(#""two""#, after: id).status == 400)
        }
    }

    @Test("Too large to keep, or with the store away, an answer comes all the same and says that it is not kept",
        arguments: ["", #","stream":true"#])
    func unkept(_ more: String) async throws {
        try await withPlace(limit: 10) { place in
            let object = try await place.ask(#""one""#, more: more).object()
            #expect(object["store"]?.bool == false)
            #expect(place.store.keys.isEmpty)
            #expect(place.fixture.exposition.contains(#"refrain_stored_responses_total{result="too_large"} 1"#))
        }
        try await withPlace { place in
            place.store.go(away: true)
            let object = try await place.ask(#""one""#, more: more).object()
            #expect(object["store"]?.bool == false)
            #expect(place.fixture.exposition.contains(#"refrain_stored_responses_total{result="not_kept"} 1"#))
        }
    }

    @Test("A stream that breaks off is not kept")
    func cut() async throws {
        try await withPlace(isCut: true) { place in
            let object = try await place.ask(#""one""#, more: #","stream":true"#).object()
            #expect(object["status"]?.string == "failed" && object["store"]?.bool == false)
            #expect(object["id"]?.string?.utf8.count == 53 && place.store.asked == 0)
        }
    }

    @Test("An id that is unknown, another tenant's or damaged is refused with OpenAI's code, and nobody is asked")
    func unknown() async throws {
        try await withPlace { place in
            let id = try #require(try await place.ask(#""one""#).object()["id"]?.string)
            let asked = place.provider.record.requests.count
            var refused = [await place.ask(#""two""#, after: id, tenant: TenantID("other"))]
            refused.append(await place.ask(#""two""#, after: id + "0"))
            refused.append(await place.ask(#""two""#, after: String(repeating: "a", count: 100_000)))
            refused.append(await place.ask(#""two""#, after: ""))
            place.store.damage()
            refused.append(await place.ask(#""two""#, after: id))
            for answer in refused {
                let error = try JSONDocument(answer.text).root["error"]
                #expect(answer.status == 400 && error?["code"]?.string == "previous_response_not_found")
                #expect(error?["param"]?.string == "previous_response_id")
                #expect(error?["type"]?.string == "invalid_request_error")
            }
            #expect(place.provider.record.requests.count == asked)
        }
    }

    @Test("While the store is away a request that goes on is refused, and never answered without its history")
    func away() async throws {
        try await withPlace { place in
            let id = try #require(try await place.ask(#""one""#).object()["id"]?.string)
            place.store.go(away: true)
            let refused = await place.ask(#""two""#, after: id)
            #expect(refused.status == 503 && refused.record.errorCode == .storeUnavailable)
            #expect(place.provider.record.requests.count == 1)
            place.store.go(away: false)
            #expect(await place.ask(#""two""#, after: id).status == 200)
        }
    }

    @Test("A response is read, listed and deleted by its tenant alone")
    func questions() async throws {
        try await withPlace { place in
            let (acme, other) = (CacheScope(tenant: TenantID("acme")), CacheScope(tenant: TenantID("other")))
            let object = try await place.ask(#""one""#).object()
            let id = try #require(object["id"]?.string)
            let page = ResponseQuestion.inputItems(try ResponseItemsPage(query: []))
            let read = try await place.pipeline.response(id, asked: .whole, scope: acme)
            #expect(read == object.rawText)
            let list = try JSONDocument(try await place.pipeline.response(id, asked: page, scope: acme)).root
            #expect(list["data"]?.elements.map { $0["role"]?.string } == ["user"])
            for question in [ResponseQuestion.whole, page, .deletion] {
                let error = await #expect(throws: GatewayError.self) {
                    try await place.pipeline.response(id, asked: question, scope: other)
                }
                #expect(error?.code == .notFound)
            }
            let deleted = try JSONDocument(try await place.pipeline.response(id, asked: .deletion, scope: acme)).root
            #expect(deleted["id"]?.string == id && deleted["deleted"]?.bool == true)
            for question in [ResponseQuestion.whole, page, .deletion] {
                let error = await #expect(throws: GatewayError.self) {
                    try await place.pipeline.response(id, asked: question, scope: acme)
                }
                #expect(error?.code == .notFound)
            }
            #expect(await place.ask(#""two""#, after: id).status == 400)
            place.store.go(away: true)
            let error = await #expect(throws: GatewayError.self) {
                try await place.pipeline.response(id, asked: .whole, scope: acme)
            }
            #expect(error?.code == .storeUnavailable)
        }
    }

    @Test("Without a store nothing changes: ids are the providers', and to go on is refused with a reason")
    func off() async throws {
        try await PipelineFixture.run(mode: .off) { fixture in
            let place = Place(
                pipeline: fixture.pipeline, provider: fixture.provider, store: ResponseMemory(), fixture: fixture)
            let object = try await place.ask(#""one""#).object()
            #expect(object["id"]?.string == "resp_1")
            let refused = await place.ask(#""two""#, after: "resp_1")
            #expect(refused.status == 400 && refused.record.errorCode == .invalidRequest)
            let error = await #expect(throws: GatewayError.self) {
                try await fixture.pipeline.response("resp_1", asked: .whole, scope: CacheScope(tenant: .open))
            }
            #expect(error?.code == .notFound)
        }
    }
}
