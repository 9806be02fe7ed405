import GatewayTesting
import NIOCore
import Testing

@testable import CurlClient

@Suite("Bodies", .timeLimit(.minutes(1)))
struct BackpressureTests {
    private static func noise(_ count: Int, seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0.prefix(count - bytes.count)) }
        }
        return bytes
    }

    @Test("A reader that falls behind holds the transfer, and then gets every byte in order")
    func slowReader() async throws {
        let bytes = Self.noise(6 * 1024 * 1024, seed: 1)
        try await withClient { exchange in
            try await exchange.respond(body: bytes)
        } _: { client, server in
            let response = try await client.execute(.local(url: server.url()))
            while client.counters.pauses == 0 { await Task.yield() }
            // Sixteen pieces of at most 16 KB wait for the reader; libcurl holds one more.
            #expect(client.counters.bodyBytesReceived <= 16 * 16 * 1024)
            var received: [UInt8] = []
            received.reserveCapacity(bytes.count)
            for try await piece in response.body {
                #expect(piece.readableBytes > 0)
                received.append(contentsOf: piece.readableBytesView)
                for _ in 0..<3 { await Task.yield() }
            }
            #expect(received == bytes)
            #expect(client.counters.pauses >= 1)
            #expect(client.counters.connectionsOpened == 1)
        }
    }

    @Test("A reader that holds back does not hold up other exchanges")
    func otherExchanges() async throws {
        let bytes = Self.noise(1024 * 1024, seed: 2)
        try await withClient { exchange in
            try await exchange.respond(body: exchange.request.target == "/large" ? bytes : [1])
        } _: { client, server in
            let held = try await client.execute(.local(url: server.url("/large")))
            while client.counters.pauses == 0 { await Task.yield() }
            for _ in 0..<10 {
                let body = try await client.fetch(.local(url: server.url("/small")))
                #expect(body.readableBytes == 1)
            }
            let large = try await held.body.collect(upTo: bytes.count)
            #expect(Array(large.readableBytesView) == bytes)
        }
    }

    @Test("Dropping a paused body closes its connection")
    func dropPaused() async throws {
        let bytes = Self.noise(8 * 1024 * 1024, seed: 3)
        try await withClient { exchange in
            try await exchange.respond(body: bytes)
        } _: { client, server in
            func start() async throws {
                let response = try await client.execute(.local(url: server.url()))
                while client.counters.pauses == 0 { await Task.yield() }
                _ = response.status
            }
            try await start()
            await server.wait { $0.peerCloses == 1 }
        }
    }

    @Test("The limit holds for a body that was paused on its way")
    func limitAfterPause() async throws {
        let bytes = Self.noise(1024 * 1024, seed: 4)
        try await withClient { exchange in
            try await exchange.respond(body: bytes)
        } _: { client, server in
            let response = try await client.execute(
                CurlRequest.local(url: server.url(), maximumBodyBytes: bytes.count - 1))
            while client.counters.pauses == 0 { await Task.yield() }
            let error = await failure { () async throws(CurlError) in
                try await response.body.collect(upTo: bytes.count)
            }
            #expect(error?.code == .bodyTooLarge)
        }
    }

    @Test("However chunks and packets are cut, the same body arrives", arguments: 1...8 as ClosedRange<UInt64>)
    func randomPieces(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let body = Self.noise(20_000, seed: seed)
        let chunks = ByteSplitter.random(body, longest: 3000, using: &generator)
        let wire =
            ScriptedExchange.head(200, [("transfer-encoding", "chunked")])
            + chunks.flatMap { ScriptedExchange.chunk($0) } + Array("0\r\n\r\n".utf8)
        let pieces = ByteSplitter.random(wire, longest: seed % 2 == 0 ? 5000 : 200, using: &generator)
        try await withClient { exchange in
            try await exchange.write(pieces: pieces)
        } _: { client, server in
            for _ in 0..<2 {
                let received = try await client.fetch(.local(url: server.url()))
                #expect(Array(received.readableBytesView) == body)
            }
            #expect(client.counters.connectionsOpened == 1)
        }
    }

    @Test("A response in two packets arrives whole wherever it is cut")
    func everyPair() async throws {
        let wire = Array("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n".utf8)
        let pairs = ByteSplitter.everyPair(wire)
        try await withClient { exchange in
            try await exchange.write(pieces: pairs[Int(exchange.request.target.dropFirst()) ?? 0])
        } _: { client, server in
            for index in pairs.indices {
                let body = try await client.fetch(.local(url: server.url("/\(index)")))
                #expect(body.text == "abc", "cut after \(index) bytes")
            }
        }
    }

    @Test("Each event of a stream arrives when it is sent, not later")
    func events() async throws {
        let gate = ProceedGate()
        try await withClient { exchange in
            try await exchange.eventHead()
            for index in 0..<33 {
                try await gate.wait()
                try await exchange.event("\(index)")
            }
            try await exchange.endChunks()
        } _: { client, server in
            let response = try await client.execute(.local(url: server.url()))
            #expect(response.headers["Content-Type"] == "text/event-stream")
            var pieces = response.body.makeAsyncIterator()
            for index in 0..<33 {
                gate.proceed()
                let piece = try await pieces.next()
                #expect(piece?.text == "data: \(index)\n\n")
            }
            let end = try await pieces.next()
            #expect(end == nil)
        }
    }
}
