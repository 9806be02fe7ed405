import GatewayCore
import GatewayTesting
import Testing

@testable import GatewayHTTP

@Suite("The HTTP surface", .timeLimit(.minutes(1)))
struct RouteTests {
    private typealias Gateway = ServedGateway
    private static let path = "/v1/chat/completions"

    @Test("A miss and a hit come on one connection, each saying where it came from")
    func missAndHit() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let miss = try await client.ask("POST", Self.path, body: Gateway.body("q"))
            #expect(miss.status == 200)
            #expect(miss.body == Gateway.answer)
            #expect(miss.headers["content-type"] == "application/json")
            #expect(miss.headers["x-refrain-cache"] == "miss")
            #expect(miss.headers["x-refrain-miss-reason"] == "exact_only")
            #expect(miss.headers["x-refrain-deployment"] == "p")
            #expect(miss.headers["x-refrain-request-id"]?.utf8.count == 32)
            let hit = try await client.ask("POST", Self.path, body: Gateway.body("q"))
            #expect(hit.body == Gateway.answer)
            #expect(hit.headers["x-refrain-cache"] == "hit-exact")
            #expect((hit.headers["age"].flatMap { Int($0) }).map { (0..<60).contains($0) } == true)
            #expect(hit.headers["x-refrain-deployment"] == nil)
            #expect(gateway.provider.record.requests.count == 1)
            await gateway.lines.wait(for: Gateway.ended, count: 2)
        }
    }

    @Test("Each frame of a stream reaches the client before the provider sends the next")
    func streaming() async throws {
        let gate = ProceedGate()
        let frames = ["a", "b", "c"].map {
            #"{"id":"1","model":"s","choices":[{"index":0,"delta":{"content":"\#($0)"},"finish_reason":"stop"}]}"#
        }
        try await Gateway.run(script: { exchange in
            try await exchange.eventHead()
            for frame in frames {
                try await exchange.event(frame)
                try await gate.wait()
            }
            try await exchange.event("[DONE]")
            try await exchange.endChunks()
        }) { gateway in
            let client = try await WireClient(port: gateway.port)
            try await client.send("POST", Self.path, body: Gateway.body("q", more: #","stream":true"#))
            let head = try await client.head()
            #expect(head.headers["content-type"] == "text/event-stream; charset=utf-8")
            #expect(head.headers["cache-control"] == "no-cache")
            #expect(head.headers["transfer-encoding"] == "chunked")
            for frame in frames {
                #expect(try await client.chunk() == "data: \(frame)\n\n")
                gate.proceed()
            }
            #expect(try await client.chunk() == "data: [DONE]\n\n")
            #expect(try await client.chunk() == "")
            let hit = try await client.ask("POST", Self.path, body: Gateway.body("q", more: #","stream":true"#))
            #expect(hit.headers["x-refrain-cache"] == "hit-exact")
            #expect(hit.body.hasSuffix("data: [DONE]\n\n"))
        }
    }

    @Test("What is not there and what is asked in the wrong way are refused as OpenAI's clients read it", arguments: [
        ("GET", "/", 404, "not_found"), ("POST", "/v1/audio/speech", 404, "not_found"),
        ("GET", "/v1/chat/completions", 405, "method_not_allowed"), ("POST", "/v1/models", 405, "method_not_allowed"),
        ("DELETE", "/v1/models/m", 405, "method_not_allowed"), ("POST", "/metrics", 405, "method_not_allowed"),
        ("GET", "/v1/models/absent", 404, "model_not_found"), ("POST", "/v1/responses/x", 405, "method_not_allowed"),
        ("GET", "/v1/responses/x", 404, "not_found"), ("DELETE", "/v1/responses/x", 404, "not_found"),
        ("DELETE", "/v1/responses/x/input_items", 405, "method_not_allowed"),
        ("GET", "/v1/responses/x/input_items", 404, "not_found"), ("GET", "/v1/responses/x/y", 404, "not_found"),
        ("GET", "/v1/responses/x/input_items/y", 404, "not_found"),
        ("GET", "/v1/responses/x?stream=true", 400, "invalid_request"),
        ("GET", "/v1/responses/x/input_items?limit=0", 400, "invalid_request"),
        ("GET", "/v1/responses/x/input_items?order=%75p", 400, "invalid_request"),
    ])
    func refusals(method: String, path: String, status: Int, code: String) async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let reply = try await client.ask(method, path)
            #expect(reply.status == status)
            #expect(reply.headers["content-type"] == "application/json")
            #expect((reply.headers["allow"] != nil) == (status == 405))
            let error = try JSONDocument(reply.body).root["error"]
            #expect(error?["code"]?.string == code)
            #expect(error?["type"]?.string == "invalid_request_error")
            #expect(error?["message"]?.string?.isEmpty == false)
        }
    }

    @Test("The configured models are listed, and found by name, also when the name has slashes")
    func models() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let list = try JSONDocument(try await client.ask("GET", "/v1/models").body).root
            #expect(list["data"]?.elements.map { $0["id"]?.string } == ["m", "org/model:7b"])
            for path in ["/v1/models/org/model:7b", "/v1/models/org%2Fmodel%3A7b"] {
                let model = try await client.ask("GET", path)
                #expect(model.status == 200, "\(path)")
                #expect(try JSONDocument(model.body).root["id"]?.string == "org/model:7b")
            }
        }
    }

    @Test("The process tells that it lives, whether it should get requests, and its metrics")
    func health() async throws {
        for isReady in [true, false] {
            try await Gateway.run(health: Gateway.Health(isReady: isReady)) { gateway in
                let client = try await WireClient(port: gateway.port)
                #expect(try await client.ask("GET", "/livez").status == 200)
                let ready = try await client.ask("GET", "/readyz")
                #expect(ready.status == (isReady ? 200 : 503))
                let body = try JSONDocument(ready.body).root
                #expect(body["ready"]?.bool == isReady)
                #expect(body["redis"]?.bool == false)
                #expect(body["mirror_entries"]?.integer == 12)
                #expect(body["encoder"]?.string == "failed")
                let metrics = try await client.ask("GET", "/metrics")
                #expect(metrics.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
                #expect(metrics.body == "a_metric 1\n")
            }
        }
    }

    @Test("A body above the limit is refused with 413, and the connection ends behind the answer")
    func bodyLimit() async throws {
        var server = ServerConfiguration()
        server.bodyBytesLimit = 1_000
        try await Gateway.run(server: server) { gateway in
            let client = try await WireClient(port: gateway.port)
            try await client.send("POST /v1/chat/completions HTTP/1.1\r\nhost: t\r\ncontent-length: 100000\r\n\r\n")
            // The refusal may be here, and the connection gone, before all is sent.
            try? await client.send(String(repeating: "x", count: 2_000))
            let reply = try await client.response()
            #expect(reply.status == 413)
            #expect(reply.headers["connection"] == "close")
            #expect(reply.body.contains("request_too_large"))
            #expect(await client.end() == "")
            await gateway.lines.wait(for: Gateway.ended)
            let other = try await WireClient(port: gateway.port)
            #expect(try await other.ask("POST", Self.path, body: Gateway.body("q")).status == 200)
        }
    }

    @Test("A failing provider's error says when to come again, and that at once is too soon")
    func retryHeaders() async throws {
        try await Gateway.run(script: { try await $0.respond(429, headers: [("retry-after", "7")]) }) { gateway in
            let client = try await WireClient(port: gateway.port)
            let reply = try await client.ask("POST", Self.path, body: Gateway.body("q"))
            #expect(reply.status == 429)
            #expect(reply.headers["retry-after"] == "7")
            #expect(reply.headers["retry-after-ms"] == "7000")
            #expect(reply.headers["x-should-retry"] == "false")
        }
        try await Gateway.run(script: { try await $0.respond(429, headers: [("retry-after", "300")]) }) { gateway in
            let client = try await WireClient(port: gateway.port)
            _ = try await client.ask("POST", Self.path, body: Gateway.body("q"))
            // Nobody is called, and nobody waits so long: to ask again at its time multiplies nothing.
            let left = try await client.ask("POST", Self.path, body: Gateway.body("q"))
            #expect(left.status == 429)
            #expect(left.headers["x-refrain-attempts"] == nil || left.headers["x-refrain-attempts"] == "0")
            #expect(left.headers["retry-after"] != nil)
            #expect(left.headers["x-should-retry"] == nil)
        }
        try await Gateway.run(script: { try await $0.respond(500) }) { gateway in
            let client = try await WireClient(port: gateway.port)
            let reply = try await client.ask("POST", Self.path, body: Gateway.body("q"))
            #expect(reply.status == 502)
            #expect(reply.headers["x-should-retry"] == "false")
        }
    }

    @Test("A client that goes away, before or in the middle of the answer, ends the provider's call and is recorded once", arguments: [
        false, true,
    ])
    func clientGone(isStream: Bool) async throws {
        let frame = #"{"id":"1","model":"s","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}"#
        try await Gateway.run(script: { exchange in
            if isStream {
                try await exchange.eventHead()
                try await exchange.event(frame)
            }
            try await exchange.silence()
        }) { gateway in
            let client = try await WireClient(port: gateway.port)
            try await client.send("POST", Self.path, body: Gateway.body("q", more: isStream ? #","stream":true"# : ""))
            await gateway.provider.wait { $0.requests.count == 1 }
            if isStream {
                _ = try await client.head()
                #expect(try await client.chunk() == "data: \(frame)\n\n")
            }
            try await client.close()
            await gateway.provider.wait { $0.peerCloses == 1 }
            await gateway.lines.wait(for: Gateway.ended)
            #expect(gateway.lines.count(of: Gateway.ended) == 1)
        }
    }
}
