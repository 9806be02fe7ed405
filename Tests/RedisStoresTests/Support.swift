import GatewayCore
import GatewayTesting
import Logging
import NIOPosix
import RedisClient
import RedisStores
import SemanticCache

/// Silent unless something must be read.
let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Runs `body` with a server of its own and a client, and ends both whatever happens.
func withRedis<Result>(
    _ body: (_ server: RedisServer, _ client: RedisClient) async throws -> Result
) async throws -> Result {
    let server = try RedisServer()
    return try await withClient(of: server) { try await body(server, $0) }
}

/// Runs `body` with one more client of the server.
func withClient<Result>(
    of server: RedisServer, as credentials: RedisCredentials? = nil, _ body: (RedisClient) async throws -> Result
) async throws -> Result {
    var configuration = RedisClientConfiguration(address: .host("127.0.0.1", port: server.port ?? 0))
    configuration.credentials = credentials
    // Not reached on a busy machine.
    configuration.commandTimeout = .seconds(20)
    configuration.connectTimeout = .seconds(20)
    let client = try RedisClient(
        configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
    do {
        let result = try await body(client)
        await client.shutdown()
        return result
    } catch {
        await client.shutdown()
        throw error
    }
}

/// Repeats `body` until it gives true. The test's own time limit ends it otherwise.
func eventually(_ body: () async throws -> Bool) async throws {
    while try await !body() { try await Task.sleep(for: .milliseconds(1)) }
}
