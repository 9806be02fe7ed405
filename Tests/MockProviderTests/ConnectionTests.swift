import GatewayTesting
import Logging
import MockProvider
import ServiceLifecycle
import Testing

@Suite("Connections", .timeLimit(.minutes(1)))
struct ConnectionTests {
    @Test("Pipelined requests are answered in order on one connection", arguments: [2, 300])
    func pipelined(count: Int) async throws {
        try await MockFixture.run { mock in
            let connection = try await RawConnection.open(port: mock.port)
            var bytes = ""
            for number in 0..<count {
                let more = number % 3 == 1 ? #","stream":true"# : ""
                bytes += MockFixture.request(
                    MockFixture.body("n\(number)n", more), headers: number == 1 ? ["x-mock-latency-ms": "20"] : [:],
                    closes: number == count - 1)
            }
            try await connection.send(bytes)
            var response = await connection.readToEnd()
            for number in 0..<count {
                #expect(response.status == 200 && response.isWhole && response.text.contains("n\(number)n"))
                response = RawResponse(response.rest)
            }
            #expect(response.status == nil)
            #expect(mock.server.statistics.completed == count)
        }
    }

    @Test("A request may come in pieces of any size")
    func pieces() async throws {
        let request = Array(MockFixture.request(MockFixture.body("piece by piece")).utf8)
        var generator = SeededGenerator(seed: 11)
        try await MockFixture.run { mock in
            for longest in [1, 7, 60] {
                let connection = try await RawConnection.open(port: mock.port)
                for piece in ByteSplitter.random(request, longest: longest, using: &generator) {
                    try await connection.send(String(decoding: piece, as: UTF8.self))
                }
                let response = await connection.readToEnd()
                #expect(response.status == 200 && response.text.contains("piece by piece"), "seed 11, \(longest)")
            }
        }
    }

    @Test("A body sent in chunks is read")
    func chunkedRequest() async throws {
        try await MockFixture.run { mock in
            let body = MockFixture.body("chunked")
            let size = String(body.utf8.count, radix: 16)
            let response = try await mock.exchange(
                "POST /v1/chat/completions HTTP/1.1\r\nhost: m\r\ntransfer-encoding: chunked\r\n"
                    + "connection: close\r\n\r\n\(size)\r\n\(body)\r\n0\r\n\r\n")
            #expect(response.status == 200 && response.text.contains("chunked"))
        }
    }

    @Test("An HTTP/1.0 client gets a stream without chunks, ended by the close")
    func http10() async throws {
        try await MockFixture.run { mock in
            let body = MockFixture.body("old", #","stream":true"#)
            let response = try await mock.exchange(
                "POST /v1/chat/completions HTTP/1.0\r\ncontent-length: \(body.utf8.count)\r\n"
                    + "connection: keep-alive\r\n\r\n\(body)")
            #expect(response.headers["transfer-encoding"] == nil && response.headers["connection"] == "close")
            #expect(response.events.count == 35 && response.events.last == "[DONE]")
        }
    }

    @Test("Who asks whether to go on is told to go on")
    func expectContinue() async throws {
        try await MockFixture.run { mock in
            let body = MockFixture.body("go on")
            let connection = try await RawConnection.open(port: mock.port)
            try await connection.send(
                "POST /v1/chat/completions HTTP/1.1\r\nhost: m\r\ncontent-length: \(body.utf8.count)\r\n"
                    + "expect: 100-continue\r\nconnection: close\r\n\r\n")
            #expect(await connection.read { $0.status == 100 })
            try await connection.send(body)
            let all = await connection.readToEnd()
            #expect(String(decoding: all.body, as: UTF8.self).hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test("A body over the limit gets 413, one at the limit does not")
    func bodyLimit() async throws {
        let body = MockFixture.body("q")
        try await MockFixture.run({ $0.bodyLimit = body.utf8.count }) { mock in
            let status1 = try await mock.post(body).status
            #expect(status1 == 200)
            let status2 = try await mock.post(body + " ").status
            #expect(status2 == 413)
        }
    }

    @Test("Bytes that are not HTTP get 400 and the connection is closed")
    func notHTTP() async throws {
        try await MockFixture.run { mock in
            let status3 = try await mock.exchange("no http at all\r\n\r\n").status
            #expect(status3 == 400)
        }
    }

    @Test("A long stream to a slow reader arrives whole")
    func backpressure() async throws {
        try await MockFixture.run({ $0.behavior.answerTokens = 20_000 }) { mock in
            let response = try await mock.post(MockFixture.body("q", #","stream":true"#))
            #expect(response.isWhole && response.events.count == 20_003)
            #expect(mock.server.statistics.completed == 1)
        }
    }

    @Test("Shutting down breaks off what is being sent and counts it as interrupted, not as cancelled")
    func shutdown() async throws {
        try await MockFixture.run({ $0.behavior.stallAfterFrames = 2 }) { mock in
            let connection = try await RawConnection.open(port: mock.port)
            try await connection.send(MockFixture.request(MockFixture.body("q", #","stream":true"#)))
            #expect(await connection.read { $0.events.count == 2 })
            await mock.server.shutdown()
            let response = await connection.readToEnd()
            #expect(!response.isWhole)
            #expect(mock.server.statistics.total.interrupted == 1)
            #expect(mock.server.statistics.cancelledByClient == 0)
            await #expect(throws: MockProviderError.self) { try await mock.server.start() }
        }
    }

    // That the port is closed cannot be asked of the port: another test may have it by then.
    @Test("run() ends when its task is cancelled, and closes its connections")
    func cancelledRun() async throws {
        try await MockFixture.run { mock in
            let running = Task { try await mock.server.run() }
            let status4 = try await mock.get("/v1/models").status
            #expect(status4 == 200)
            let connection = try await RawConnection.open(port: mock.port)
            running.cancel()
            try await running.value
            let response = await connection.readToEnd()
            #expect(!response.isWhole)
            await #expect(throws: MockProviderError.self) { try await mock.server.start() }
        }
    }

    @Test("A port that is taken is an error that names it")
    func portTaken() async throws {
        try await MockFixture.run { mock in
            var configuration = MockProviderConfiguration()
            configuration.port = mock.port
            let second = MockProviderServer(configuration: configuration, logger: Logger(label: "second"))
            let error = await #expect(throws: MockProviderError.self) { try await second.start() }
            #expect(error?.code == .cannotListen && error?.message.contains(String(mock.port)) == true)
            await second.shutdown()
        }
    }
}
