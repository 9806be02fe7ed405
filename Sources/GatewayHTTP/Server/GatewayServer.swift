import NIOCore
import NIOHTTP1
package import NIOPosix
import ServiceLifecycle

/// Listens, and ends what was begun when the process is to end: the listener first, then the connections with nothing
/// asked on them, then each of the others with its answer.
package struct GatewayServer: Service {
    private let configuration: ServerConfiguration
    private let responder: any HTTPResponder
    private let group: MultiThreadedEventLoopGroup
    private let onListening: @Sendable (Int) -> Void

    /// - Parameters:
    ///   - group: requests are answered on its threads, each on its connection's.
    ///   - onListening: called once with the port.
    package init(
        configuration: ServerConfiguration, services: GatewayServices, group: MultiThreadedEventLoopGroup,
        onListening: @escaping @Sendable (Int) -> Void
    ) {
        self.configuration = configuration
        self.responder = GatewayRoutes(services: services, bodyLimit: configuration.bodyBytesLimit)
        self.group = group
        self.onListening = onListening
    }

    /// Serves until the process is asked to end and what was begun has ended. Cancelling ends it at once.
    /// - Throws: when the address cannot be listened on.
    package func run() async throws {
        let connections = ConnectionSet()
        let listener = try await listen(connections)
        onListening(listener.localAddress?.port ?? configuration.port)
        try? await gracefulShutdown()
        if configuration.drainDelay > .zero { try? await Task.sleep(for: configuration.drainDelay) }
        try? await listener.close()
        connections.quiesce()
        await connections.untilEmpty()
    }

    private static func decoder() -> HTTPRequestDecoder {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderListSize = ConnectionLimits.headBytes
        limits.maxHeaderFieldSize = ConnectionLimits.headBytes
        return HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits)
    }

    private func listen(_ connections: ConnectionSet) async throws -> any Channel {
        let executors = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map {
                (ObjectIdentifier($0), EventLoopTaskExecutor(eventLoop: $0))
            })
        let limits = ConnectionLimits(
            idleTimeout: configuration.idleTimeout, bodyTimeout: configuration.bodyTimeout)
        let responder = responder
        return try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Without file descriptors left the listener waits a second instead of spinning.
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let executor =
                        executors[ObjectIdentifier(channel.eventLoop)]
                        ?? EventLoopTaskExecutor(eventLoop: channel.eventLoop)
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(
                        ByteToMessageHandler(Self.decoder(), maximumBufferSize: 2 * ConnectionLimits.headBytes))
                    try pipeline.addHandler(
                        HTTPConnection(responder: responder, limits: limits, executor: executor))
                    connections.add(channel)
                }
            }
            .bind(host: configuration.host, port: configuration.port).get()
    }
}
