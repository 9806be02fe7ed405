import GatewayTesting
import NIOCore
import Testing

@testable import CurlClient

@Suite("Cancellation and shutdown", .timeLimit(.minutes(1)))
struct CancellationTests {
    @Test("Cancelling before the head closes the connection")
    func beforeHead() async throws {
        try await withClient { exchange in
            try await exchange.silence()
        } _: { client, server in
            let url = server.url()
            let task = Task { await failure { () async throws(CurlError) in try await client.fetch(.local(url: url)) } }
            await server.wait { $0.requests.count == 1 }
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            await server.wait { $0.peerCloses == 1 }
            // The server may see the end before the client has counted it.
            while client.counters.exchangesInHand > 0 { try await Task.sleep(for: .milliseconds(1)) }
            #expect(client.counters.exchangesInHand == 0)
        }
    }

    @Test("A task that is cancelled already sends nothing")
    func beforeStart() async throws {
        try await withClient { exchange in
            try await exchange.respond()
        } _: { client, server in
            let url = server.url()
            let gate = ProceedGate()
            let task = Task {
                try? await gate.wait()
                return await failure { () async throws(CurlError) in try await client.fetch(.local(url: url)) }
            }
            task.cancel()
            let error = await task.value
            #expect(error?.code == .cancelled)
            #expect(error?.requestMayHaveBeenSent == false)
            #expect(server.record.connections.isEmpty)
        }
    }

    @Test("Cancelling the reader in the middle of a body closes the connection")
    func midBody() async throws {
        try await withClient { exchange in
            try await exchange.eventHead()
            try await exchange.event("one")
            try await exchange.silence()
        } _: { client, server in
            let url = server.url()
            let hasRead = ProceedGate()
            let task = Task {
                await failure { () async throws(CurlError) in
                    let response = try await client.execute(.local(url: url))
                    for try await _ in response.body { hasRead.proceed() }
                    return ByteBuffer()
                }
            }
            try await hasRead.wait()
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            await server.wait { $0.peerCloses == 1 }
        }
    }

    @Test("Dropping the body, unread or half read, closes the connection", arguments: [true, false])
    func dropped(halfRead: Bool) async throws {
        try await withClient { exchange in
            try await exchange.eventHead()
            while true { try await exchange.event("on and on") }
        } _: { client, server in
            func start() async throws {
                let response = try await client.execute(.local(url: server.url()))
                guard halfRead else { return }
                var pieces = response.body.makeAsyncIterator()
                _ = try await pieces.next()
            }
            try await start()
            await server.wait { $0.peerCloses == 1 }
        }
    }

    @Test("Cancelling a waiting exchange does not disturb the one that has the connection")
    func waiting() async throws {
        var configuration = CurlClientConfiguration()
        configuration.maximumConnections = 1
        let gate = ProceedGate()
        try await withClient(configuration) { exchange in
            try await gate.wait()
            try await exchange.respond(body: "ok")
        } _: { client, server in
            let url = server.url()
            async let first = client.fetch(.local(url: url))
            await server.wait { $0.requests.count == 1 }
            let second = Task {
                await failure { () async throws(CurlError) in try await client.fetch(.local(url: url)) }
            }
            while client.counters.exchangesStarted < 2 { await Task.yield() }
            second.cancel()
            #expect(await second.value?.code == .cancelled)
            gate.proceed()
            let answer = try await first
            #expect(answer.text == "ok")
            #expect(server.record.requests.count == 1)
        }
    }

    @Test("Cancellations at random moments leave nothing in hand", arguments: [1, 2, 3] as [UInt64])
    func storm(seed: UInt64) async throws {
        try await withClient { exchange in
            try await exchange.chunkedHead()
            for _ in 0..<20 { try await exchange.chunk("piece") }
            try await exchange.endChunks()
        } _: { client, server in
            var generator = SeededGenerator(seed: seed)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<150 {
                    let yields = Int.random(in: 0...200, using: &generator)
                    let url = server.url()
                    group.addTask {
                        let task = Task { try await client.fetch(.local(url: url)) }
                        for _ in 0..<yields { await Task.yield() }
                        task.cancel()
                        switch await task.result {
                        case .success(let body): #expect(body.readableBytes == 100)
                        case .failure(let error): #expect((error as? CurlError)?.code == .cancelled)
                        }
                    }
                }
            }
            while client.counters.exchangesInHand > 0 { await Task.yield() }
            let again = try await client.fetch(.local(url: server.url()))
            #expect(again.readableBytes == 100)
        }
    }

    @Test("Beyond the exchanges allowed, more are refused at once and may be tried again")
    func tooMany() async throws {
        var configuration = CurlClientConfiguration()
        configuration.maximumExchanges = 1
        let gate = ProceedGate()
        try await withClient(configuration) { exchange in
            try await gate.wait()
            try await exchange.respond(body: "ok")
        } _: { client, server in
            let url = server.url()
            async let first = client.fetch(.local(url: url))
            await server.wait { $0.requests.count == 1 }
            let error = await failure { () async throws(CurlError) in try await client.fetch(.local(url: url)) }
            #expect(error?.code == .tooManyWaiting)
            #expect(error?.isRetriable == true)
            #expect(error?.requestMayHaveBeenSent == false)
            gate.proceed(2)
            let answer = try await first
            #expect(answer.text == "ok")
            let again = try await client.fetch(.local(url: url))
            #expect(again.text == "ok")
        }
    }

    @Test("Shutdown ends waiting and reading exchanges, closes connections, and can be called twice")
    func shutdown() async throws {
        try await withClient { exchange in
            if exchange.request.target == "/body" { try await exchange.eventHead() }
            try await exchange.silence()
        } _: { client, server in
            let url = server.url("/head")
            let response = try await client.execute(.local(url: server.url("/body")))
            let waiting = Task {
                await failure { () async throws(CurlError) in try await client.fetch(.local(url: url)) }
            }
            let reading = Task {
                await failure { () async throws(CurlError) in try await response.body.collect(upTo: 1000) }
            }
            await server.wait { $0.requests.count == 2 }
            async let other: Void = client.shutdown()
            await client.shutdown()
            await other
            for error in [await waiting.value, await reading.value] {
                #expect(error?.code == .shutdown)
                #expect(error?.requestMayHaveBeenSent == true)
                #expect(error?.isRetriable == false)
            }
            await server.wait { $0.peerCloses == 2 }
            let late = await failure { () async throws(CurlError) in try await client.fetch(.local(url: url)) }
            #expect(late?.code == .shutdown)
            #expect(late?.requestMayHaveBeenSent == false)
            #expect(client.counters.exchangesInHand == 0)
        }
    }

    @Test("A client that is dropped closes its connections")
    func droppedClient() async throws {
        let server = try await ScriptedServer.start { try await $0.respond(body: "ok") }
        func use() async throws {
            let client = try CurlClient()
            let again = try await client.fetch(.local(url: server.url()))
            #expect(again.text == "ok")
        }
        try await use()
        await server.wait { $0.peerCloses == 1 }
        await server.stop()
    }
}
