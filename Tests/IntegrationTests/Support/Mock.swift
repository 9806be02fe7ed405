import Logging
import MockProvider

/// A mock provider in this process, on a free port. Its threads end with this object.
final class Mock: Sendable {
    let port: Int
    private let server: MockProviderServer

    init(_ configure: (inout MockProviderConfiguration) -> Void = { _ in }) async throws {
        var configuration = MockProviderConfiguration()
        configure(&configuration)
        server = MockProviderServer(configuration: configuration, logger: Logger(label: "mock"))
        port = try await server.start()
    }

    deinit {
        let server = server
        // Owned by nobody: it only waits for threads that nothing uses any more.
        Task { await server.shutdown() }
    }

    /// Answers nobody any more, and lets go of its port.
    func stop() async { await server.shutdown() }

    /// How many requests it has read.
    var requests: Int { server.statistics.requests }

    /// How many of them were left by who asked.
    var cancelled: Int { server.statistics.cancelledByClient }
}
