import GatewayTesting
import NIOCore
import Testing

@testable import RedisClient

@Suite("Scripts and dedicated connections", .timeLimit(.minutes(1)))
struct RedisScriptTests {
    private let script = RedisScript("redis.call('INCR', KEYS[1]); return {KEYS[1], ARGV[1], ARGV[2]}")

    @Test("A script runs once whether or not the server knows it, also after SCRIPT FLUSH")
    func evaluate() async throws {
        let server = try RedisServer()
        try await withClient(server.configuration) { client async throws in
            for _ in 0..<3 {
                let reply = try await client.evaluate(script, keys: ["runs"], arguments: ["a", 7])
                #expect(reply.array?.map(\.string) == ["runs", "a", "7"])
                _ = try await client.evaluate(script, keys: ["runs"], arguments: ["a", 7])
                _ = try await client.send(RedisCommand("SCRIPT", "FLUSH"))
            }
            #expect(try server.cli("GET", "runs") == "6")
            let statistics = try server.cli("INFO", "commandstats")
            #expect(statistics.contains("cmdstat_eval:calls=3,"))
            #expect(statistics.contains("cmdstat_evalsha:calls=6,"))
        }
    }

    @Test("A script's own error is thrown, and is not taken for an unknown script")
    func scriptError() async throws {
        let server = try RedisServer()
        try await withClient(server.configuration) { client async throws in
            let failing = RedisScript("redis.call('INCR', KEYS[1]); return redis.error_reply('MYERR no')")
            for _ in 0..<2 {
                let error = await failure { () async throws(RedisError) in
                    try await client.evaluate(failing, keys: ["n"])
                }
                #expect(error?.serverPrefix == "MYERR")
            }
            #expect(try server.cli("GET", "n") == "2")
        }
    }

    @Test("A blocking read waits on its own connection while other commands go on")
    func blockingRead() async throws {
        let server = try RedisServer()
        try await withClient(server.configuration) { client async throws in
            let dedicated = try await client.openDedicated()
            let reading = Task {
                let command = RedisCommand("XREAD", "BLOCK", 0, "STREAMS", "log", "$")
                return try await dedicated.send(command, timeout: .seconds(30))
            }
            try await eventually { (try? server.cli("CLIENT", "LIST").contains("cmd=xread")) == true }
            #expect(try await client.send(RedisCommand("PING")) == .status("PONG"))
            _ = try await client.send(RedisCommand("XADD", "log", "1-1", "field", "value"))
            let reply = try await reading.value
            let stream = try #require(reply.array?.first?.array)
            #expect(stream.first?.string == "log")
            let entry = try #require(stream.last?.array?.first?.array)
            #expect(entry.first?.string == "1-1")
            #expect(entry.last?.array?.map(\.string) == ["field", "value"])
            await dedicated.close()
        }
    }

    @Test("Closing a dedicated connection ends the read that blocks on it, and so does shutting the client down")
    func closing() async throws {
        let server = try RedisServer()
        try await withClient(server.configuration) { client async throws in
            // Two commands, so that the second round does not take the first one's connection for its own.
            for (byShutdown, command) in [(false, "BLPOP"), (true, "BRPOP")] as [(Bool, StaticString)] {
                let dedicated = try await client.openDedicated()
                let reading = Task {
                    await failure { () async throws(RedisError) in
                        try await dedicated.send(RedisCommand(command, "none", 0), timeout: nil)
                    }?.code
                }
                let name = "cmd=\(command)".lowercased()
                try await eventually { (try? server.cli("CLIENT", "LIST").contains(name)) == true }
                if byShutdown { await client.shutdown() } else { await dedicated.close() }
                #expect(await reading.value == .shutDown)
                #expect(!dedicated.isOpen)
            }
        }
    }

    @Test("A dedicated connection whose server dies says connectionLost and is closed")
    func lostDedicated() async throws {
        let server = try RedisServer()
        try await withClient(server.configuration) { client async throws in
            let dedicated = try await client.openDedicated()
            let reading = Task {
                await failure { () async throws(RedisError) in
                    try await dedicated.send(RedisCommand("BLPOP", "none", 0), timeout: nil)
                }?.code
            }
            try await eventually { (try? server.cli("CLIENT", "LIST").contains("cmd=blpop")) == true }
            server.kill()
            #expect(await reading.value == .connectionLost)
            #expect(!dedicated.isOpen)
        }
    }
}
