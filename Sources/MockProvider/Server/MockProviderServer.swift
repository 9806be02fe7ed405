package import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// A provider with the HTTP interfaces of OpenAI, Anthropic, Google and Amazon that computes nothing: for tests,
/// demonstrations and as the floor of benchmarks. Answers depend on the request alone; every fault a client must
/// survive can be asked for (`MockKnob`).
package final class MockProviderServer: Service, Sendable {
    private enum Phase {
        case idle, starting, listening, shutDown
    }

    package let configuration: MockProviderConfiguration

    private let responder: MockResponder
    private let group: MultiThreadedEventLoopGroup
    private let phase = NIOLockedValueBox(Phase.idle)
    private let logger: Logger

    /// Starts the event loop threads; `shutdown()` must be called in the end, also if `start()` was not.
    package init(configuration: MockProviderConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        responder = MockResponder(configuration)
        group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.threads))
    }

    /// The counters, also over `GET /mock/stats`; `POST /mock/reset` sets them to zero.
    package var statistics: MockStatistics {
        responder.statistics
    }

    /// Listens and answers the port. Throws `cannotListen`, also if it listens already or was shut down.
    @discardableResult
    package func start() async throws(MockProviderError) -> Int {
        guard advance(from: .idle, to: .starting) else {
            throw MockProviderError(.cannotListen, "The mock listens already or was shut down.", status: 500)
        }
        do throws(MockProviderError) {
            let port = try await bind()
            guard advance(from: .starting, to: .listening) else {
                throw MockProviderError(.cannotListen, "The mock was shut down while it started.", status: 500)
            }
            logger.debug("mock provider listens", metadata: ["port": "\(port)"])
            return port
        } catch {
            // A shutdown that came meanwhile has left the threads to this call: nothing may bind on ended ones.
            if !advance(from: .starting, to: .idle) { await endThreads() }
            throw error
        }
    }

    /// Listens, unless it does already, until the service group shuts down or the task is cancelled.
    package func run() async throws {
        if phase.withLockedValue({ $0 == .idle }) { try await start() }
        // Ends with an error on cancellation; both ways lead to the same shutdown.
        try? await gracefulShutdown()
        await shutdown()
    }

    /// Closes the listener and all connections and ends the threads. Answers being sent are broken off and counted as
    /// interrupted. May be called more than once; the first call returns when all is closed, unless `start()` is under
    /// way, which then closes all itself.
    package func shutdown() async {
        let former = phase.withLockedValue { phase in
            defer { phase = .shutDown }
            return phase
        }
        guard former == .idle || former == .listening else { return }
        await endThreads()
    }

    private func advance(from former: Phase, to next: Phase) -> Bool {
        phase.withLockedValue { phase in
            guard phase == former else { return false }
            phase = next
            return true
        }
    }

    private func endThreads() async {
        statistics.stop()
        do {
            try await group.shutdownGracefully()
        } catch {
            logger.debug("mock provider stopped with an error", metadata: ["error": "\(error)"])
        }
    }

    private func bind() async throws(MockProviderError) -> Int {
        let responder = responder
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)
                    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(decoder))
                    try channel.pipeline.syncOperations.addHandler(MockConnectionHandler(responder))
                }
            }
        do {
            let channel = try await bootstrap.bind(host: configuration.host, port: configuration.port).get()
            let port = channel.localAddress?.port ?? configuration.port
            if configuration.refusesConnections { try await channel.close() }
            return port
        } catch {
            let address = "\(configuration.host):\(configuration.port)"
            throw MockProviderError(.cannotListen, "The mock cannot listen on \(address): \(error)", status: 500)
        }
    }
}
