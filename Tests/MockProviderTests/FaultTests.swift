import MockProvider
import Testing

@Suite("Faults", .timeLimit(.minutes(1)))
struct FaultTests {
    private static let stream = MockFixture.body("q", #","stream":true"#)

    @Test("A forced status answers an error of OpenAI's shape", arguments: [400, 401, 429, 500, 503, 529])
    func forcedStatus(_ status: Int) async throws {
        try await MockFixture.run { mock in
            let headers = ["x-mock-status": String(status), "x-mock-retry-after-s": "7"]
            let response = try await mock.post(Self.stream, headers: headers)
            let error: ErrorWire = try response.decoded()
            #expect(response.status == status)
            #expect(response.headers["retry-after"] == "7")
            #expect(!error.error.message.isEmpty)
            let types = [400: "invalid_request_error", 401: "authentication_error", 429: "rate_limit_error"]
            #expect(error.error.type == types[status] ?? "server_error")
        }
    }

    @Test("Drawn errors come in the same places for the same seed, about as often as asked for")
    func errorRate() async throws {
        var statuses: [[Int?]] = []
        for seed: UInt64 in [5, 5, 6] {
            try await MockFixture.run({
                $0.seed = seed
                $0.behavior.errorRate = 0.3
                $0.behavior.errorStatus = 502
            }) { mock in
                var seen: [Int?] = []
                for _ in 0..<100 { seen.append(try await mock.post(MockFixture.body("q")).status) }
                statuses.append(seen)
            }
        }
        #expect(statuses[0] == statuses[1] && statuses[0] != statuses[2])
        #expect(Set(statuses[0]) == [200, 502])
        // Six standard deviations (4.6 of 100 draws) either side of the mean.
        #expect((3...57).contains(statuses[0].filter { $0 == 502 }.count))
    }

    @Test("After the limit of a window come 429s with Retry-After and the rate headers, until a reset")
    func rateLimit() async throws {
        try await MockFixture.run({
            $0.behavior.rateLimit = 2
            $0.behavior.rateWindow = .seconds(3600)
        }) { mock in
            for remaining in ["1", "0"] {
                let response = try await mock.post(MockFixture.body("q"))
                #expect(response.status == 200)
                #expect(response.headers["x-ratelimit-limit-requests"] == "2")
                #expect(response.headers["x-ratelimit-remaining-requests"] == remaining)
            }
            let refused = try await mock.post(MockFixture.body("q"))
            let error: ErrorWire = try refused.decoded()
            #expect(refused.status == 429 && error.error.code == "rate_limit_exceeded")
            let seconds = try #require(refused.headers["retry-after"].flatMap { Int($0) })
            #expect((1...3600).contains(seconds))
            _ = try await mock.exchange("POST /mock/reset HTTP/1.1\r\nhost: m\r\nconnection: close\r\n\r\n")
            let status1 = try await mock.post(MockFixture.body("q")).status
            #expect(status1 == 200)
        }
    }

    @Test("A cut closes the socket after exactly so many frames", arguments: [0, 1, 5, 34])
    func cut(_ frames: Int) async throws {
        try await MockFixture.run { mock in
            let response = try await mock.post(Self.stream, headers: ["x-mock-cut-after-frames": String(frames)])
            #expect(response.status == 200)
            #expect(response.events.count == frames && !response.events.contains("[DONE]"))
            #expect(!response.isWhole)
            #expect(mock.server.statistics.total.interrupted == 1)
        }
    }

    @Test("A cut behind [DONE] leaves out the terminal chunk alone; one behind the end does nothing")
    func cutAtTheEnd() async throws {
        try await MockFixture.run { mock in
            let unterminated = try await mock.post(Self.stream, headers: ["x-mock-cut-after-frames": "35"])
            #expect(unterminated.events.last == "[DONE]" && !unterminated.isWhole)
            let whole = try await mock.post(Self.stream, headers: ["x-mock-cut-after-frames": "36"])
            #expect(whole.events.count == 35 && whole.isWhole)
        }
    }

    @Test("An answer that is not streamed is cut in the middle of its body")
    func cutWhole() async throws {
        try await MockFixture.run { mock in
            let response = try await mock.post(MockFixture.body("q"), headers: ["x-mock-cut-after-frames": "1"])
            #expect(response.status == 200 && !response.body.isEmpty && !response.isWhole)
        }
    }

    @Test("A stall sends so many frames and then nothing; the client that gives up is counted", arguments: [0, 3])
    func stall(_ frames: Int) async throws {
        try await MockFixture.run({ $0.behavior.stallAfterFrames = frames }) { mock in
            let connection = try await RawConnection.open(port: mock.port)
            try await connection.send(MockFixture.request(Self.stream))
            #expect(await connection.read { $0.status == 200 && $0.events.count >= frames })
            #expect(RawResponse(connection.received).events.count == frames)
            #expect(mock.server.statistics.total.inFlight == 1)
            try await connection.close()
            #expect(try await eventually { mock.server.statistics.cancelledByClient == 1 })
            #expect(mock.server.statistics.completed == 0)
        }
    }

    @Test("A malformed frame stands in the place of one good frame")
    func malformed() async throws {
        try await MockFixture.run { mock in
            let response = try await mock.post(Self.stream, headers: ["x-mock-malformed-frame": "3"])
            #expect(response.isWhole && response.events.count == 35 && response.events.last == "[DONE]")
            let broken = response.events.indices.filter { !response.events[$0].hasSuffix("}") }
            #expect(broken == [2, 34])
            let whole = try await mock.post(MockFixture.body("q"), headers: ["x-mock-malformed-frame": "1"])
            #expect(whole.isWhole)
            #expect(throws: (any Error).self) { try whole.decoded(CompletionWire.self) }
        }
    }

    @Test("An error frame ends the stream with an error object and without [DONE]")
    func errorFrame() async throws {
        try await MockFixture.run { mock in
            let response = try await mock.post(Self.stream, headers: ["x-mock-error-frame": "4"])
            #expect(response.isWhole && response.events.count == 4)
            let last = try #require(response.events.last)
            #expect(last.hasPrefix(#"{"error":{"message":"#) && last.contains(#""type":"server_error""#))
        }
    }

    @Test("Closing before the head sends no byte at all")
    func closeBeforeHead() async throws {
        try await MockFixture.run { mock in
            let connection = try await RawConnection.open(port: mock.port)
            let headers = ["x-mock-close-before-head": "true"]
            try await connection.send(MockFixture.request(Self.stream, headers: headers, closes: false))
            _ = await connection.readToEnd()
            #expect(connection.received.isEmpty)
            #expect(mock.server.statistics.total.interrupted == 1)
        }
    }

    @Test("A client that goes away during the latency or between two tokens is counted", arguments: [true, false])
    func clientGone(duringLatency: Bool) async throws {
        try await MockFixture.run({
            if duringLatency { $0.behavior.latency = .seconds(600) } else { $0.behavior.tokenPace = .seconds(600) }
        }) { mock in
            let connection = try await RawConnection.open(port: mock.port)
            try await connection.send(MockFixture.request(Self.stream))
            if !duringLatency { #expect(await connection.read { $0.events.count == 1 }) }
            #expect(try await eventually { mock.server.statistics.requests == 1 })
            try await connection.close()
            #expect(try await eventually { mock.server.statistics[.chatCompletions].cancelledByClient == 1 })
        }
    }

    @Test("A paced and delayed stream is the same stream")
    func paced() async throws {
        try await MockFixture.run { mock in
            let headers = ["x-mock-token-ms": "0.5", "x-mock-latency-ms": "2", "x-mock-jitter-ms": "2"]
            let slow = try await mock.post(Self.stream, headers: headers)
            let fast = try await mock.post(Self.stream)
            #expect(slow.isWhole && slow.events.last == "[DONE]")
            let texts = try [slow, fast].map { try $0.chunks().compactMap { $0.choices.first?.delta.content } }
            #expect(texts[0] == texts[1])
        }
    }
}
