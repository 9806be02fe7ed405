import GatewayTesting
import NIOCore
import Testing

@testable import CurlClient

@Suite("Deadlines", .timeLimit(.minutes(1)))
struct DeadlineTests {
    private let short = Duration.milliseconds(60)

    @Test("A TLS greeting that never comes is a connect timeout, with nothing sent")
    func connect() async throws {
        let server = try await ScriptedServer.start(door: .mute)
        let client = try CurlClient()
        let request = CurlRequest.local(
            url: "https://127.0.0.1:\(server.port)/",
            deadlines: CurlDeadlines(connect: short, firstByte: .seconds(50), total: .seconds(50)))
        let error = await failure { () async throws(CurlError) in try await client.fetch(request) }
        #expect(error?.code == .connectTimeout)
        #expect(error?.requestMayHaveBeenSent == false)
        #expect(error?.isRetriable == true)
        await server.wait { $0.peerCloses == 1 }
        await client.shutdown()
        await server.stop()
    }

    @Test("A server that never answers is a first byte timeout, and its connection is closed")
    func firstByte() async throws {
        try await withClient { exchange in
            try await exchange.silence()
        } _: { client, server in
            let request = CurlRequest.local(
                url: server.url(), deadlines: CurlDeadlines(firstByte: short, idle: .seconds(50), total: .seconds(50)))
            let error = await failure { () async throws(CurlError) in try await client.fetch(request) }
            #expect(error?.code == .firstByteTimeout)
            #expect(error?.requestMayHaveBeenSent == true)
            #expect(error?.isRetriable == true)
            await server.wait { $0.peerCloses == 1 }
            #expect(client.counters.exchangesInHand == 0)
        }
    }

    @Test("A head that stops in the middle is no head")
    func halfHead() async throws {
        try await withClient { exchange in
            try await exchange.write("HTTP/1.1 200 OK\r\ncontent-le")
            try await exchange.silence()
        } _: { client, server in
            let request = CurlRequest.local(url: server.url(), deadlines: CurlDeadlines(firstByte: short))
            let error = await failure { () async throws(CurlError) in try await client.fetch(request) }
            #expect(error?.code == .firstByteTimeout)
        }
    }

    @Test("A body that stands still is an idle timeout, after what came was delivered")
    func idle() async throws {
        try await withClient { exchange in
            // Head and event in one write: nothing must be able to come between them, however slow the machine.
            let head = ScriptedExchange.head(200, [("transfer-encoding", "chunked")])
            try await exchange.write(head + ScriptedExchange.chunk(Array("one".utf8)))
            try await exchange.silence()
        } _: { client, server in
            let request = CurlRequest.local(
                url: server.url(),
                deadlines: CurlDeadlines(firstByte: .seconds(50), idle: short, total: .seconds(50)))
            let response = try await client.execute(request)
            var pieces = response.body.makeAsyncIterator()
            let piece = try await pieces.next()
            #expect(piece?.text == "one")
            await #expect {
                _ = try await pieces.next()
            } throws: { error in
                (error as? CurlError)?.code == .idleTimeout
            }
            await server.wait { $0.peerCloses == 1 }
        }
    }

    @Test("A body that drips for ever is a total timeout")
    func total() async throws {
        try await withClient { exchange in
            try await exchange.eventHead()
            while true { try await exchange.event("drip") }
        } _: { client, server in
            let request = CurlRequest.local(
                url: server.url(),
                deadlines: CurlDeadlines(firstByte: .seconds(50), idle: .seconds(50), total: short))
            let error = await failure { () async throws(CurlError) in
                let response = try await client.execute(request)
                for try await _ in response.body {}
                return ByteBuffer()
            }
            #expect(error?.code == .totalTimeout)
            #expect(error?.isRetriable == false)
            await server.wait { $0.peerCloses == 1 }
        }
    }

    @Test("A deadline that is far away does not hide one that is near")
    func nearAndFar() async throws {
        try await withClient { exchange in
            try await exchange.silence()
        } _: { client, server in
            let patient = CurlRequest.local(url: server.url("/patient"), deadlines: CurlDeadlines(total: .seconds(50)))
            let waiting = Task { await failure { () async throws(CurlError) in try await client.fetch(patient) } }
            await server.wait { $0.requests.count == 1 }
            let hasty = CurlRequest.local(url: server.url("/hasty"), deadlines: CurlDeadlines(total: short))
            let error = await failure { () async throws(CurlError) in try await client.fetch(hasty) }
            #expect(error?.code == .totalTimeout)
            #expect(client.counters.exchangesInHand == 1)
            waiting.cancel()
            #expect(await waiting.value?.code == .cancelled)
        }
    }
}
