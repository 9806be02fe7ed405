import GatewayTesting
import NIOCore
import Testing

@testable import CurlClient

@Suite("Servers that fail", .timeLimit(.minutes(1)))
struct FailureTests {
    /// Bodies that end before their end, each as the bytes behind the status line.
    private static let cuts = [
        "content-length: 10\r\n\r\n123456789", "content-length: 10\r\n\r\n",
        "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n", "transfer-encoding: chunked\r\n\r\n5\r\nhel",
        "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", "transfer-encoding: chunked\r\n\r\n",
    ]

    @Test(
        "A body cut short is an error, however it was framed and however the connection ends",
        arguments: cuts, [true, false])
    func cutBody(framed: String, byReset: Bool) async throws {
        let gate = ProceedGate()
        try await withClient { exchange in
            try await exchange.write("HTTP/1.1 200 OK\r\n" + framed)
            try await gate.wait()
            if byReset { try await exchange.reset() } else { try await exchange.close() }
        } _: { client, server in
            let response = try await client.execute(.local(url: server.url()))
            #expect(response.body.isDelimited)
            gate.proceed()
            let error = await failure { () async throws(CurlError) in try await response.body.collect(upTo: 1000) }
            #expect(error?.code == .cut)
            #expect(error?.requestMayHaveBeenSent == true)
            #expect(error?.isRetriable == true)
        }
    }

    @Test("A response cut at any byte of its head or body is never whole")
    func everyCut() async throws {
        let wire = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        try await withClient { exchange in
            let count = Int(exchange.request.target.dropFirst()) ?? 0
            try await exchange.write(wire, cutAfter: count)
        } _: { client, server in
            // All but the last byte: with the empty chunk's line and a CR the body is whole, and libcurl says so.
            for count in 0..<wire.utf8.count - 1 {
                let error = await failure { () async throws(CurlError) in
                    try await client.fetch(.local(url: server.url("/\(count)")))
                }
                // A status line cut short may also be taken for a server that does not speak HTTP.
                #expect([.cut, .invalidResponse].contains(error?.code), "cut after \(count) bytes")
            }
            let whole = try await client.fetch(.local(url: server.url("/\(wire.utf8.count)")))
            #expect(whole.text == "abc")
        }
    }

    @Test("A reset before the head is a cut after a request that may have been sent")
    func resetBeforeHead() async throws {
        let server = try await ScriptedServer.start(door: .slammed)
        let client = try CurlClient()
        let error = await failure { () async throws(CurlError) in
            try await client.fetch(.local(url: server.url()))
        }
        #expect(error?.code == .cut)
        #expect(error?.requestMayHaveBeenSent == true)
        #expect(error?.message.isEmpty == false)
        await client.shutdown()
        await server.stop()
    }

    @Test("A refused connection says that nothing was sent")
    func refused() async throws {
        let server = try await ScriptedServer.start()
        let url = server.url()
        await server.stop()
        let client = try CurlClient()
        let error = await failure { () async throws(CurlError) in try await client.fetch(.local(url: url)) }
        #expect(error?.code == .connectFailed)
        #expect(error?.requestMayHaveBeenSent == false)
        #expect(error?.isRetriable == true)
        #expect(error?.libcurlCode == 7)
        await client.shutdown()
    }

    @Test("A proxy that is not there fails the connection; without one the environment's is not used")
    func proxy() async throws {
        var configuration = CurlClientConfiguration()
        configuration.proxy = .url("http://127.0.0.1:1")
        try await withClient(configuration) { exchange in
            try await exchange.respond()
        } _: { client, server in
            let error = await failure { () async throws(CurlError) in
                try await client.fetch(.local(url: server.url()))
            }
            #expect(error?.code == .connectFailed)
            #expect(server.record.connections.isEmpty)
        }
    }

    @Test("What is not HTTP is an invalid response", arguments: ["SSH-2.0-OpenSSH_9\r\n\r\n", "{\"ok\":true}\n\n"])
    func notHTTP(answer: String) async throws {
        try await withClient { exchange in
            try await exchange.write(answer)
            try await exchange.close()
        } _: { client, server in
            let error = await failure { () async throws(CurlError) in
                try await client.fetch(.local(url: server.url()))
            }
            #expect(error?.code == .invalidResponse)
        }
    }

    @Test("A head larger than allowed is refused")
    func largeHead() async throws {
        var configuration = CurlClientConfiguration()
        configuration.maximumHeadBytes = 1000
        try await withClient(configuration) { exchange in
            try await exchange.respond(headers: [("x-long", String(repeating: "x", count: 1000))])
        } _: { client, server in
            let error = await failure { () async throws(CurlError) in
                try await client.fetch(.local(url: server.url()))
            }
            #expect(error?.code == .headTooLarge)
        }
    }

    @Test("A body may be as long as the request allows, and not a byte longer")
    func bodyLimit() async throws {
        try await withClient { exchange in
            try await exchange.chunkedHead()
            try await exchange.chunk(Array(repeating: 1, count: 60_000))
            try await exchange.chunk(Array(repeating: 2, count: 40_000))
            try await exchange.endChunks()
        } _: { client, server in
            let body = try await client.fetch(.local(url: server.url(), maximumBodyBytes: 100_000))
            #expect(body.readableBytes == 100_000)
            let error = await failure { () async throws(CurlError) in
                try await client.fetch(.local(url: server.url(), maximumBodyBytes: 99_999))
            }
            #expect(error?.code == .bodyTooLarge)
            await server.wait { $0.peerCloses == 1 }
        }
    }

    @Test("collect refuses what is longer than asked for")
    func collectLimit() async throws {
        try await withClient { exchange in
            try await exchange.respond(body: "12345")
        } _: { client, server in
            let response = try await client.execute(.local(url: server.url()))
            let error = await failure { () async throws(CurlError) in try await response.body.collect(upTo: 4) }
            #expect(error?.code == .bodyTooLarge)
        }
    }

    @Test("A body that only the end of the connection ends says so")
    func undelimited() async throws {
        try await withClient { exchange in
            try await exchange.head()
            try await exchange.write("until the end")
            try await exchange.close()
        } _: { client, server in
            let response = try await client.execute(.local(url: server.url()))
            #expect(!response.body.isDelimited)
            #expect(response.body.declaredLength == nil)
            let body = try await response.body.collect(upTo: 100)
            #expect(body.text == "until the end")
        }
    }

    @Test("After a server closed a kept connection, the next exchange opens one")
    func closedKeepAlive() async throws {
        try await withClient { exchange in
            try await exchange.respond(body: "ok")
            try await exchange.close()
        } _: { client, server in
            for count in 1...5 {
                let body = try await client.fetch(.local(method: "POST", url: server.url()))
                #expect(body.text == "ok")
                await server.wait { record in record.connections.count(where: \.isClosed) == count }
            }
            #expect(client.counters.connectionsOpened == 5)
        }
    }
}
