import ArgumentParser
import Logging
import NIOPosix
import RedisClient

extension RedisClient {
    /// A connected client for a command that people wait for.
    /// - Throws: ``ArgumentParser/ValidationError`` when Redis does not answer within five seconds.
    static func forCommand(_ configuration: RedisClientConfiguration, logger: Logger) async throws -> RedisClient {
        var configuration = configuration
        // A slow server is better than a lost line.
        configuration.commandTimeout = .seconds(5)
        let redis = try RedisClient(
            configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
        redis.start()
        for _ in 0..<50 {
            if (try? await redis.send(RedisCommand("PING"))) != nil { return redis }
            try await Task.sleep(for: .milliseconds(100))
        }
        await redis.shutdown()
        throw ValidationError("Redis does not answer at \(configuration.address)")
    }
}
