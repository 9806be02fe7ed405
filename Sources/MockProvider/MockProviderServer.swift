package import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// A provider with OpenAI's HTTP interface that computes nothing: for tests, demonstrations and as the floor of
/// benchmarks. Answers depend on the request alone; every fault a client must survive can be asked for (`MockKnob`).
package final class MockProviderServer: Service, Sendable {
    private struct State {
        var listener: (any Channel)?
        var isShutDown = false
    }

    package let configuration: MockProviderConfiguration

    private let responder: MockResponder
    private let group: MultiThreadedEventLoopGroup
    private let state = NIOLockedValueBox(State())
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
        let channel = try await bind()
        let isAccepted = state.withLockedValue { state in
            guard state.listener == nil, !state.isShutDown else { return false }
            state.listener = channel
            return true
        }
        guard isAccepted, let port = channel.localAddress?.port else {
            channel.close(promise: nil)
            throw MockProviderError(.cannotListen, "The mock listens already or was shut down.", status: 500)
        }
        logger.debug("mock provider listens", metadata: ["port": "\(port)"])
        return port
    }

    /// Listens, unless it does already, until the service group shuts down or the task is cancelled.
    package func run() async throws {
        if state.withLockedValue({ $0.listener == nil }) { try await start() }
        // Ends without a result on cancellation as well; both ways lead to the same shutdown.
        try? await gracefulShutdown()
        await shutdown()
    }

    /// Closes the listener and all connections and ends the threads. Answers being sent are broken off and counted as
    /// interrupted. May be called more than once.
    package func shutdown() async {
        let isFirst = state.withLockedValue { state in
            defer { state.isShutDown = true }
            return !state.isShutDown
        }
        guard isFirst else { return }
        statistics.stop()
        do {
            try await group.shutdownGracefully()
        } catch {
            logger.debug("mock provider stopped with an error", metadata: ["error": "\(error)"])
        }
    }

    private func bind() async throws(MockProviderError) -> any Channel {
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
            return try await bootstrap.bind(host: configuration.host, port: configuration.port).get()
        } catch {
            let address = "\(configuration.host):\(configuration.port)"
            throw MockProviderError(.cannotListen, "The mock cannot listen on \(address): \(error)", status: 500)
        }
    }
}
