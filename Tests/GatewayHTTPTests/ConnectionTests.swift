import GatewayCore
import GatewayTesting
import Policy
import Testing

@testable import GatewayHTTP

@Suite("A connection", .timeLimit(.minutes(1)))
struct ConnectionTests {
    private typealias Gateway = ServedGateway
    private static let path = "/v1/chat/completions"

    @Test("Requests that come early are answered in their order")
    func pipelining() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let body = Gateway.body("q")
            let chat = "POST \(Self.path) HTTP/1.1\r\nhost: t\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
            let live = "GET /livez HTTP/1.1\r\nhost: t\r\n\r\n"
            try await client.send(chat + live + chat + String(repeating: live, count: 500))
            #expect(try await client.response().headers["x-refrain-cache"] == "miss")
            #expect(try await client.response().body == "ok\n")
            #expect(try await client.response().headers["x-refrain-cache"] == "hit-exact")
            for _ in 0..<500 { #expect(try await client.response().body == "ok\n") }
        }
    }

    @Test("A request may come in any pieces")
    func pieces() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let body = Gateway.body("q")
            let head = "POST \(Self.path) HTTP/1.1\r\nhost: t\r\ntransfer-encoding: chunked\r\n\r\n"
            let rest = String(body.utf8.count - 5, radix: 16)
            let text = head + "5\r\n\(body.prefix(5))\r\n\(rest)\r\n\(body.dropFirst(5))\r\n0\r\n\r\n"
            for byte in text { try await client.send(String(byte)) }
            #expect(try await client.response().body == Gateway.answer)
        }
    }

    @Test("Who holds the body back until it is asked for is asked for it")
    func expectContinue() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let body = Gateway.body("q")
            try await client.send(
                "POST \(Self.path) HTTP/1.1\r\nhost: t\r\nexpect: 100-continue\r\ncontent-length: \(body.utf8.count)\r\n\r\n")
            #expect(try await client.head().status == 100)
            try await client.send(body)
            #expect(try await client.response().body == Gateway.answer)
        }
    }

    @Test("A body that is not wanted is refused before it is sent", arguments: [true, false])
    func refusedEarly(isTooLong: Bool) async throws {
        var policy = PolicyConfiguration()
        policy.tenants = [TenantConfiguration(id: TenantID("t"), keys: [Secret("sk-right")])]
        try await Gateway.run(policy: policy) { gateway in
            let client = try await WireClient(port: gateway.port)
            let key = isTooLong ? "sk-right" : "sk-wrong"
            let length = isTooLong ? 1 << 40 : 100
            try await client.send(
                "POST \(Self.path) HTTP/1.1\r\nhost: t\r\nauthorization: Bearer \(key)\r\nexpect: 100-continue\r\ncontent-length: \(length)\r\n\r\n")
            let reply = try await client.response()
            #expect(reply.status == (isTooLong ? 413 : 401))
            #expect(reply.headers["connection"] == "close")
            #expect(await client.end() == "")
            await gateway.lines.wait(for: Gateway.ended)
        }
    }

    @Test("A request with a wrong key is answered behind its body, and the connection goes on")
    func refusedLate() async throws {
        var policy = PolicyConfiguration()
        policy.tenants = [TenantConfiguration(id: TenantID("t"), keys: [Secret("sk-right")])]
        try await Gateway.run(policy: policy) { gateway in
            let client = try await WireClient(port: gateway.port)
            let refused = try await client.ask("POST", Self.path, body: Gateway.body("q"))
            #expect(refused.status == 401)
            let served = try await client.ask(
                "POST", Self.path, headers: ["authorization: Bearer sk-right"], body: Gateway.body("q"))
            #expect(served.status == 200)
        }
    }

    @Test("A client of HTTP/1.0 gets no chunks: its stream ends with the connection")
    func http10() async throws {
        try await Gateway.run { gateway in
            _ = try await WireClient(port: gateway.port).ask("POST", Self.path, body: Gateway.body("q"))
            let client = try await WireClient(port: gateway.port)
            try await client.send("GET /livez HTTP/1.0\r\n\r\n")
            let all = await client.end()
            #expect(all.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(all.hasSuffix("\r\n\r\nok\n"))
            #expect(all.contains("\r\nconnection: close\r\n"))
        }
        let frame = #"{"id":"1","model":"s","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}"#
        try await Gateway.run(script: { exchange in
            try await exchange.eventHead()
            try await exchange.event(frame)
            try await exchange.event("[DONE]")
            try await exchange.endChunks()
        }) { gateway in
            let client = try await WireClient(port: gateway.port)
            let body = Gateway.body("q", more: #","stream":true"#)
            try await client.send("POST \(Self.path) HTTP/1.0\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)")
            let all = await client.end()
            #expect(!all.contains("transfer-encoding"))
            #expect(all.hasSuffix("\r\n\r\ndata: \(frame)\n\ndata: [DONE]\n\n"))
        }
    }

    @Test("HEAD is answered as GET without the body", arguments: ["/livez", "/v1/models", "/absent"])
    func head(path: String) async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let full = try await client.ask("GET", path)
            try await client.send("HEAD \(path) HTTP/1.1\r\nhost: t\r\n\r\n")
            let head = try await client.head()
            #expect(head.status == full.status)
            // The next answer begins right behind the head.
            #expect(try await client.ask("GET", "/livez").body == "ok\n")
            if path != "/absent" { #expect(head.headers["content-length"] == full.headers["content-length"]) }
        }
    }

    @Test("Bytes that are no request are answered with 400 and the end of the connection", arguments: [
        "garbage\r\n\r\n", "GET / HTTP/1.1\r\nhost: t\r\nbad header\r\n\r\n", "\u{1}\u{2}\u{3}\r\n\r\n",
        "POST /v1/chat/completions HTTP/1.1\r\nhost: t\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ])
    func malformed(bytes: String) async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            try await client.send(bytes)
            let reply = try await client.response()
            #expect(reply.status == 400)
            #expect(try JSONDocument(reply.body).root["error"]?["code"]?.string == "invalid_request")
            #expect(await client.end() == "")
        }
    }

    @Test("A body that does not come in time is refused")
    func bodyTimeout() async throws {
        var server = ServerConfiguration()
        server.bodyTimeout = .milliseconds(100)
        try await Gateway.run(server: server) { gateway in
            let client = try await WireClient(port: gateway.port)
            try await client.send("POST \(Self.path) HTTP/1.1\r\nhost: t\r\ncontent-length: 10\r\n\r\n{")
            let reply = try await client.response()
            #expect(reply.status == 408)
            #expect(reply.body.contains("request_timeout"))
            #expect(await client.end() == "")
        }
    }

    @Test("A connection on which nothing is asked is closed, also when its head comes drop by drop")
    func idle() async throws {
        var server = ServerConfiguration()
        server.idleTimeout = .milliseconds(200)
        try await Gateway.run(server: server) { gateway in
            let silent = try await WireClient(port: gateway.port)
            #expect(await silent.end() == "")
            let slow = try await WireClient(port: gateway.port)
            try? await slow.send("GET /livez HTTP/1.1\r\nx-long: ")
            while (try? await slow.send("x")) != nil { try await Task.sleep(for: .milliseconds(20)) }
            #expect(await slow.end() == "")
        }
    }

    @Test("A request for another protocol is answered as it is, and ends its connection", arguments: [
        "GET /livez HTTP/1.1\r\nhost: t\r\nconnection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\n\r\n",
        "CONNECT t:1 HTTP/1.1\r\nhost: t:1\r\n\r\n",
    ])
    func upgrade(request: String) async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            try await client.send(request + String(repeating: "x", count: 1_000))
            let reply = try await client.response()
            #expect(reply.status == (request.hasPrefix("GET") ? 200 : 404))
            #expect(reply.headers["connection"] == "close")
            #expect(await client.end() == "")
        }
    }

    @Test("A host is named once", arguments: ["", "host: a\r\nhost: b\r\n"])
    func host(fields: String) async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            try await client.send("GET /livez HTTP/1.1\r\n\(fields)\r\n")
            #expect(try await client.response().status == 400)
            #expect(try await client.ask("GET", "/livez").status == 200)
        }
    }

    @Test("A target may be given with scheme, authority and query")
    func absoluteTarget() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            for target in ["http://t:8080/livez", "/livez?a=http://b/c", "http://t/livez?x"] {
                #expect(try await client.ask("GET", target).status == 200, "\(target)")
            }
        }
    }

    @Test("The body of a refused request is dropped up to a bound, all its pieces together")
    func droppedBody() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            try await client.send("POST /nowhere HTTP/1.1\r\nhost: t\r\ntransfer-encoding: chunked\r\n\r\n")
            let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
            // The connection may be gone before all is sent.
            for _ in 0..<20 { try? await client.send(chunk) }
            let reply = try await client.response()
            #expect(reply.status == 404)
            #expect(reply.headers["connection"] == "close")
            let long = try await WireClient(port: gateway.port)
            try await long.send("POST /nowhere HTTP/1.1\r\nhost: t\r\ncontent-length: 100000000\r\n\r\n")
            #expect(try await long.response().status == 404)
            #expect(await long.end() == "")
        }
    }

    @Test("Who asks and asks and does not read is held back, and let go")
    func pipelinedWithoutReading() async throws {
        var server = ServerConfiguration()
        server.idleTimeout = .seconds(1)
        try await Gateway.run(server: server) { gateway in
            let client = try await WireClient(port: gateway.port)
            try await client.stopReading()
            let requests = String(repeating: "GET /v1/models HTTP/1.1\r\nhost: t\r\n\r\n", count: 5_000)
            // Far more than sockets hold: sending ends when the connection does.
            var sent = 0
            while sent < 2_000, (try? await client.send(requests)) != nil { sent += 1 }
            #expect(sent < 2_000)
        }
    }

    @Test("The last answer is not cut off while its reader is slow")
    func slowReaderOfTheLast() async throws {
        let text = String(repeating: "x", count: 8 << 20)
        let answer = Gateway.answer.replacing("hi", with: text)
        try await Gateway.run(script: { try await $0.respond(body: answer) }) { gateway in
            let client = try await WireClient(port: gateway.port)
            try await client.stopReading()
            try await client.send("POST", Self.path, headers: ["connection: close"], body: Gateway.body("q"))
            // Longer than a client has behind the last byte.
            let end = ContinuousClock.now + .milliseconds(2_500)
            while ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(50)) }
            try await client.startReading()
            #expect(try await client.response().body.utf8.count == answer.utf8.count)
        }
    }

    @Test("What comes behind a refused request does not take the refusal back")
    func bytesBehindRefusal() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            try await client.send("POST \(Self.path) HTTP/1.1\r\nhost: t\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n")
            for _ in 0..<20 { try? await client.send(String(repeating: "y", count: 10_000)) }
            #expect(try await client.response().status == 400)
        }
    }

    @Test("When the process is to end, idle connections are closed and the others with their answer")
    func draining() async throws {
        let gate = ProceedGate()
        try await Gateway.run(script: { exchange in
            try await gate.wait()
            try await exchange.respond(body: Gateway.answer)
        }) { gateway in
            let idle = try await WireClient(port: gateway.port)
            #expect(try await idle.ask("GET", "/livez").status == 200)
            let busy = try await WireClient(port: gateway.port)
            try await busy.send("POST", Self.path, body: Gateway.body("q"))
            await gateway.provider.wait { $0.requests.count == 1 }
            await gateway.terminate()
            #expect(await idle.end() == "")
            await #expect(throws: (any Error).self) { try await WireClient(port: gateway.port) }
            gate.proceed()
            let reply = try await busy.response()
            #expect(reply.body == Gateway.answer)
            #expect(reply.headers["connection"] == "close")
            #expect(await busy.end() == "")
            await gateway.running.value
        }
    }

    @Test("The listener stays open for the drain delay")
    func drainDelay() async throws {
        var server = ServerConfiguration()
        server.drainDelay = .seconds(3600)
        try await Gateway.run(server: server) { gateway in
            await gateway.terminate()
            let client = try await WireClient(port: gateway.port)
            #expect(try await client.ask("GET", "/livez").status == 200)
        }
    }

    @Test("A client that stops reading holds the provider back, and is let go")
    func stalledReader() async throws {
        var server = ServerConfiguration()
        server.idleTimeout = .seconds(2)
        let text = String(repeating: "x", count: 100_000)
        let frame = #"{"id":"1","model":"s","choices":[{"index":0,"delta":{"content":"\#(text)"},"finish_reason":null}]}"#
        try await Gateway.run(server: server, script: { exchange in
            try await exchange.eventHead()
            while true { try await exchange.event(frame) }
        }) { gateway in
            let client = try await WireClient(port: gateway.port)
            try await client.stopReading()
            try await client.send("POST", Self.path, body: Gateway.body("q", more: #","stream":true"#))
            await gateway.lines.wait(for: Gateway.ended)
            await gateway.provider.wait { $0.peerCloses == 1 }
        }
    }
}
