import GatewayTesting
import NIOCore
import Testing

@testable import RedisClient

@Suite("RedisClient on a real server", .timeLimit(.minutes(1)))
struct RedisClientTests {
    @Test("What is set is got back, binary bytes included, and an absent key is null")
    func setAndGet() async throws {
        let server = try RedisServer()
        try await withClient(server.configuration) { client async throws in
            let value: [UInt8] = [0, 13, 10, 255, 36, 42] + Array("§".utf8)
            #expect(try await client.send(RedisCommand("SET", "key", .bytes(value))) == .status("OK"))
            #expect(try await client.send(RedisCommand("GET", "key")) == .bulk(ByteBuffer(bytes: value)))
            #expect(try await client.send(RedisCommand("GET", "absent")) == .null)
            #expect(try await client.send(RedisCommand("INCRBY", "number", .integer(-7))).integer == -7)
        }
    }

    @Test("1,000 concurrent commands each get their own reply")
    func manyCallers() async throws {
        let server = try RedisServer()
        try await withClient(server.configuration) { client async throws in
            let mismatches = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<1_000 {
                    group.addTask {
                        try await client.send(RedisCommand("ECHO", .integer(number))).string != "\(number)"
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(mismatches == 0)
        }
    }

    @Test("A pipeline returns a reply for each command, errors among them")
    func pipeline() async throws {
        let server = try RedisServer()
        try await withClient(server.configuration) { client async throws in
            let replies = try await client.send([
                RedisCommand("SET", "text", "a"), RedisCommand("LPUSH", "text", "b"), RedisCommand("GET", "text"),
            ])
            #expect(replies.count == 3)
            #expect(replies[0] == .status("OK"))
            #expect(replies[1].error?.prefix == "WRONGTYPE")
            #expect(replies[2].string == "a")
            #expect(try await client.send([RedisCommand]()) == [])
        }
    }

    @Test("Every command of a pipeline counts against the bound, and its place comes free with its reply")
    func pipelineBound() async throws {
        let server = try RedisServer()
        var configuration = server.configuration
        configuration.connectionCount = 1
        configuration.maximumQueuedCommands = 4
        try await withClient(configuration) { client async throws in
            _ = try await client.send(RedisCommand("PING"))
            let five = await failure { () async throws(RedisError) in
                try await client.send(Array(repeating: RedisCommand("INCR", "n"), count: 5))
            }
            #expect(five?.code == .queueFull)
            for _ in 0..<5 {
                #expect(try await client.send(Array(repeating: RedisCommand("INCR", "n"), count: 4)).count == 4)
            }
            #expect(try server.cli("GET", "n") == "20")
        }
    }

    @Test("A busy connection passes calls on to the next, an idle one does not")
    func spill() async throws {
        let server = try RedisServer()
        try await withClient(server.configuration) { client async throws in
            client.start()
            let connections = { try server.cli("CLIENT", "LIST", "TYPE", "normal").split(separator: "\n") }
            try await eventually { (try? connections().filter { $0.contains("name=refrain") }.count) == 2 }
            for _ in 0..<20 { _ = try await client.send(RedisCommand("ECHO", "one after the other")) }
            #expect(try connections().filter { $0.contains("cmd=echo") }.count == 1)
            // How many calls gather while the server is paused is up to the scheduler, hence the repetition.
            try await eventually {
                server.pause()
                let callers = (0..<1_000).map { number in
                    Task { try await client.send(RedisCommand("ECHO", .integer(number))).string == "\(number)" }
                }
                for _ in 0..<200 { await Task.yield() }
                server.resume()
                for caller in callers { #expect(await (try? caller.value) == true) }
                return (try? connections().filter { $0.contains("cmd=echo") }.count) == 2
            }
        }
    }

    @Test("A server error is thrown with its prefix, and the connection goes on")
    func serverError() async throws {
        let server = try RedisServer()
        try await withClient(server.configuration) { client async throws in
            _ = try await client.send(RedisCommand("SET", "text", "a"))
            let error = await failure { () async throws(RedisError) in
                try await client.send(RedisCommand("LPUSH", "text", "b"))
            }
            #expect(error?.code == .server)
            #expect(error?.serverPrefix == "WRONGTYPE")
            #expect(try await client.send(RedisCommand("PING")) == .status("PONG"))
        }
    }

    @Test("A 10 MB value makes the round trip unchanged")
    func bigValue() async throws {
        let server = try RedisServer()
        try await withClient(server.configuration) { client async throws in
            var generator = SeededGenerator(seed: 10)
            let value = ByteBuffer(bytes: (0..<1_310_720).flatMap { _ in
                withUnsafeBytes(of: generator.next()) { Array($0) }
            })
            _ = try await client.send(RedisCommand("SET", "big", .buffer(value)))
            #expect(try await client.send(RedisCommand("GET", "big")) == .bulk(value))
        }
    }
}
