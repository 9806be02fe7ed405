import ArgumentParser

/// `refrain bench redis`.
struct BenchRedisCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redis", abstract: "Measure the Redis client, beside redis-benchmark.")

    @Option(help: "For how long, in seconds.")
    var seconds = 3

    @OptionGroup var options: BenchOptions

    func run() async throws {
        try await options.report { report in
            report.redis = try await RedisComparison.run(seconds: max(seconds, 1))
        }
    }
}
