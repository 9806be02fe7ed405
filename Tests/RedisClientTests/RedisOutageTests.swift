import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import RedisClient

@Suite("RedisClient when the server stalls, dies or is slow", .timeLimit(.minutes(1)))
struct RedisOutageTests {
    private func oneConnection(_ server: RedisServer) -> RedisClientConfiguration {
        var configuration = server.configuration
        configuration.connectionCount = 1
        return configuration
    }

    private func pingCode(_ client: RedisClient) async -> RedisError.Code? {
        await failure { () async throws(RedisError) in try await client.send(RedisCommand("PING")) }?.code
    }

    @Test("After a stall shorter than the limit, late replies are dropped and later commands get their own")
    func pausedServer() async throws {
        let server = try RedisServer()
        try await withClient(oneConnection(server)) { client async throws in
            let before = try await client.send(RedisCommand("CLIENT", "ID")).integer
            server.pause()
            let codes = await withTaskGroup(of: RedisError.Code?.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        await failure { () async throws(RedisError) in
                            try await client.send(RedisCommand("ECHO", .integer(number)), timeout: .milliseconds(30))
                        }?.code
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes == Array(repeating: .timeout, count: 50))
            server.resume()
            for number in 100..<150 {
                #expect(try await client.send(RedisCommand("ECHO", .integer(number))).string == "\(number)")
            }
            #expect(try await client.send(RedisCommand("CLIENT", "ID")).integer == before)
        }
    }

    @Test("A connection that stays silent is replaced, and the client recovers by itself")
    func stalledServer() async throws {
        let server = try RedisServer()
        var configuration = oneConnection(server)
        configuration.stalledAfterTimeouts = 1
        configuration.commandTimeout = .milliseconds(200)
        try await withClient(configuration) { client async throws in
            let before = try await client.send(RedisCommand("CLIENT", "ID"), timeout: .seconds(10)).integer
            server.pause()
            try await eventually {
                _ = await failure { () async throws(RedisError) in
                    try await client.send(RedisCommand("PING"), timeout: .milliseconds(5))
                }
                return !client.isConnected
            }
            server.resume()
            try await eventually { client.isConnected }
            let after = try await client.send(RedisCommand("CLIENT", "ID"), timeout: .seconds(10)).integer
            #expect(before != after)
        }
    }

    @Test("A cancelled caller fails while the server is stalled, and its reply goes to nobody else")
    func cancellation() async throws {
        let server = try RedisServer()
        try await withClient(oneConnection(server)) { client async throws in
            _ = try await client.send(RedisCommand("PING"))
            server.pause()
            let tasks = (0..<20).map { number in
                Task {
                    await failure { () async throws(RedisError) in
                        try await client.send(RedisCommand("ECHO", .integer(number)))
                    }?.code
                }
            }
            await Task.yield()
            for task in tasks { task.cancel() }
            for task in tasks { #expect(await task.value == .cancelled) }
            server.resume()
            #expect(try await client.send(RedisCommand("ECHO", "mine")).string == "mine")
        }
    }

    @Test("A killed server is reported once, commands fail at once meanwhile, and a restarted one is used again")
    func killAndRestart() async throws {
        let server = try RedisServer()
        let states = States()
        try await withClient(server.configuration, onStateChange: { states.append($0) }) { client async throws in
            client.start()
            try await eventually { client.isConnected }
            server.kill()
            try await eventually { !client.isConnected }
            // The time limit is 10 seconds; twenty refusals that waited would end the test by its own limit.
            for _ in 0..<20 {
                let error = await failure { () async throws(RedisError) in try await client.send(RedisCommand("PING")) }
                #expect(error?.code == .unavailable)
                #expect(error?.mayHaveExecuted == false)
            }
            try server.start()
            try await eventually { client.isConnected }
            #expect(try await client.send(RedisCommand("PING")) == .status("PONG"))
            try await eventually { states.all.count >= 3 }
        }
        let seen = states.all.prefix(3).map { if case .connected = $0 { true } else { false } }
        #expect(seen == [true, false, true])
    }

    @Test("Under constant disconnections no INCR runs twice, and an unknown outcome is said to be unknown")
    func neverTwice() async throws {
        let server = try RedisServer()
        try await withClient(server.configuration) { client async throws in
            _ = try await client.send(RedisCommand("SET", "count", "0"))
            let killer = Task {
                while !Task.isCancelled {
                    _ = try server.cli("CLIENT", "KILL", "TYPE", "normal")
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
            let (succeeded, unknown) = await withTaskGroup(of: (Int, Int).self) { group in
                for _ in 0..<20 { group.addTask { await increment(client, times: 200) } }
                return await group.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
            }
            killer.cancel()
            _ = await killer.result
            try await eventually { client.isConnected }
            let counted = try #require(Int(try server.cli("GET", "count")))
            #expect(counted >= succeeded)
            #expect(counted <= succeeded + unknown)
        }
    }

    /// Sends INCR until `times` attempts were made; returns how many succeeded and how many may have.
    private func increment(_ client: RedisClient, times: Int) async -> (Int, Int) {
        var (succeeded, unknown) = (0, 0)
        for _ in 0..<times {
            let error = await failure { () async throws(RedisError) in
                try await client.send(RedisCommand("INCR", "count"))
            }
            if let error {
                unknown += error.mayHaveExecuted ? 1 : 0
            } else {
                succeeded += 1
            }
            await Task.yield()
        }
        return (succeeded, unknown)
    }

    @Test("Commands beyond the bound are refused at once, those within it are answered")
    func queueBound() async throws {
        let server = try RedisServer()
        var configuration = oneConnection(server)
        configuration.maximumQueuedCommands = 8
        try await withClient(configuration) { client async throws in
            _ = try await client.send(RedisCommand("PING"))
            server.pause()
            let codes = await withTaskGroup(of: RedisError.Code?.self) { group in
                for _ in 0..<20 {
                    group.addTask { await pingCode(client) }
                }
                var refused = 0
                var codes: [RedisError.Code?] = []
                for await code in group {
                    codes.append(code)
                    refused += 1
                    if refused == 12 { server.resume() }
                }
                return codes
            }
            #expect(codes.prefix(12) == Array(repeating: .queueFull, count: 12)[...])
            #expect(codes.suffix(8).allSatisfy { $0 == nil })
        }
    }

    @Test("A server that never was there: unavailable within the time limit, reported once")
    func neverThere() async throws {
        // A port that is free again may be taken by another server; a socket's name is nobody else's.
        let server = try RedisServer(.unixSocket)
        server.kill()
        let states = States()
        try await withClient(server.configuration, onStateChange: { states.append($0) }) { client async throws in
            for _ in 0..<3 {
                let error = await failure { () async throws(RedisError) in try await client.send(RedisCommand("PING")) }
                #expect(error?.code == .unavailable)
                #expect(error?.isRetriable == true)
            }
            try await eventually { !states.all.isEmpty }
        }
        #expect(states.all.count == 1)
        #expect("\(states.all)".contains("refused"))
    }

    @Test("After shutdown commands fail with shutDown, and those that waited did too")
    func shutdown() async throws {
        let server = try RedisServer()
        try await withClient(oneConnection(server)) { client async throws in
            _ = try await client.send(RedisCommand("PING"))
            server.pause()
            let waiting = Task { await pingCode(client) }
            await client.shutdown()
            #expect(await waiting.value == .shutDown)
            #expect(await pingCode(client) == .shutDown)
            #expect(await failure { () async throws(RedisError) in try await client.openDedicated() } != nil)
        }
    }
}

/// The changes a client reported, in order.
private final class States: Sendable {
    private let box = NIOLockedValueBox<[RedisConnectionState]>([])

    func append(_ state: RedisConnectionState) {
        box.withLockedValue { $0.append(state) }
    }

    var all: [RedisConnectionState] { box.withLockedValue { $0 } }
}
