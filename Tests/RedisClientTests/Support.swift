import GatewayTesting
import Logging
import NIOCore
import NIOPosix
import Testing

@testable import RedisClient

/// Silent unless something must be read.
let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

extension RedisServer {
    /// A configuration for this server with a time limit that a busy machine does not reach.
    var configuration: RedisClientConfiguration {
        var configuration = RedisClientConfiguration(
            address: port.map { .host("127.0.0.1", port: $0) } ?? .unixSocket(path: socketPath))
        configuration.commandTimeout = .seconds(10)
        configuration.connectTimeout = .seconds(10)
        return configuration
    }
}

/// Runs `body` with a client and shuts it down whatever happens.
func withClient<Result>(
    _ configuration: RedisClientConfiguration,
    onStateChange: @escaping @Sendable (RedisConnectionState) -> Void = { _ in },
    _ body: (RedisClient) async throws -> Result
) async throws -> Result {
    let client = try RedisClient(
        configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet,
        onStateChange: onStateChange)
    do {
        let result = try await body(client)
        await client.shutdown()
        return result
    } catch {
        await client.shutdown()
        throw error
    }
}

/// The error that `body` throws, nil if it throws none.
func failure<Result>(_ body: () async throws(RedisError) -> Result) async -> RedisError? {
    do throws(RedisError) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

/// Repeats `body` until it gives true. The test's own time limit ends it otherwise.
func eventually(_ body: () async -> Bool) async throws {
    while await !body() { try await Task.sleep(for: .milliseconds(2)) }
}
