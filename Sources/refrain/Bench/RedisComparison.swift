import NIOCore

/// Our Redis client beside `redis-benchmark`, against the same server in the same run.
struct RedisComparison: Codable {
    let commandsPerSecond: Double
    let processorMicroseconds: Double
    let failures: Int
    /// Nil when `redis-benchmark` is not installed.
    let benchmarkCommandsPerSecond: Double?

    var ratio: Double? { benchmarkCommandsPerSecond.map { commandsPerSecond / $0 } }

    /// As many commands in flight on both sides: 50 clients with 16 commands each, and 800 callers.
    private static let clients = 50
    private static let pipeline = 16

    static func run(seconds: Int) async throws -> RedisComparison {
        let redis = try await BenchRedis()
        defer { redis.server.stop() }
        BenchProgress.show("redis")
        var warm: RedisBenchReport?
        for _ in 0..<100 where warm == nil {
            warm = try? await RedisBench.run(url: redis.url, seconds: 1, callers: clients * pipeline)
            if warm == nil { try await Task.sleep(for: .milliseconds(20)) }
        }
        guard warm != nil else {
            throw BenchError("redis-server did not start\n\(redis.log)")
        }
        let report = try await RedisBench.run(url: redis.url, seconds: seconds, callers: clients * pipeline)
        let output = ChildProcess.output(
            of: [
                "redis-benchmark", "-p", "\(redis.port)", "-P", "\(pipeline)", "-c", "\(clients)", "-t", "get",
                "-d", "64", "-n", "2000000", "--csv",
            ], in: redis.directory)
        return RedisComparison(
            commandsPerSecond: report.commandsPerSecond, processorMicroseconds: report.processorMicrosecondsPerCommand,
            failures: report.failures, benchmarkCommandsPerSecond: output.flatMap(rate))
    }

    /// `"GET","1234.50",…`
    private static func rate(_ output: String) -> Double? {
        let line = output.split(separator: "\n").first { $0.hasPrefix("\"GET\"") }
        let fields = line?.split(separator: ",") ?? []
        return fields.count > 1 ? Double(fields[1].filter { $0 != "\"" }) : nil
    }

    var table: TextTable {
        var table = TextTable(["GET, 800 in flight", "commands/s", "CPU µs", "÷ redis-benchmark"])
        table.add([
            "RedisClient", Figure.text(commandsPerSecond), Figure.text(processorMicroseconds), Figure.text(ratio),
        ])
        table.add(["redis-benchmark -P 16 -c 50", Figure.text(benchmarkCommandsPerSecond), "", ""])
        return table
    }
}
