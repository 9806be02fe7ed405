import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

/// One established connection: takes calls from any thread and hands them to its channel, a tick's worth at a time.
///
/// It never reconnects and never sends anything twice; `RedisLink` replaces it.
final class RedisConnection: Sendable {
    let eventLoop: any EventLoop
    /// Succeeds with the reason once the connection is gone.
    let closed: EventLoopFuture<RedisError>
    private let channel: any Channel
    private let handler: NIOLoopBound<RedisChannelHandler>
    private let intake: NIOLockedValueBox<Intake>
    /// Large enough from the start that a burst of replies is one read.
    private static let receiveAllocator = AdaptiveRecvByteBufferAllocator(
        minimum: 4_096, initial: 16_384, maximum: 131_072)

    /// Event loop only.
    private init(
        channel: any Channel, handler: RedisChannelHandler, closed: EventLoopFuture<RedisError>, limit: Int
    ) {
        self.eventLoop = channel.eventLoop
        self.channel = channel
        self.closed = closed
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
        self.intake = NIOLockedValueBox(Intake(limit: limit))
        let intake = intake
        handler.onRelease { count in intake.withLockedValue { $0.release(count) } }
        closed.whenSuccess { reason in
            let unsent = intake.withLockedValue { $0.close(reason) }
            for call in unsent { call.settle(.failure(RedisError(.unavailable, reason.message))) }
        }
    }

    /// Connects and speaks the handshake. The future fails with a `RedisError`, at the latest after the
    /// configuration's connect timeout. The channel's bytes go through `tls` if given.
    static func connect(
        _ configuration: RedisClientConfiguration, tls: NIOSSLContext?, on eventLoop: any EventLoop
    ) -> EventLoopFuture<RedisConnection> {
        // Kept here rather than looked up in the pipeline: a handshake that is refused at once has closed the channel,
        // and emptied its pipeline, before the connect future says that there is one.
        let handlers = NIOLoopBoundBox<[ObjectIdentifier: RedisChannelHandler]>.makeBoxSendingValue(
            [:], eventLoop: eventLoop)
        var bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(configuration.connectTimeout))
            .channelOption(.recvAllocator, value: receiveAllocator)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(Self.tlsHandler(tls, configuration.address)) }
                    let handler = try RedisChannelHandler(configuration: configuration)
                    try pipeline.addHandler(handler)
                    handlers.value[ObjectIdentifier(channel)] = handler
                }
            }
        let connecting: EventLoopFuture<any Channel>
        switch configuration.address {
        case .host(let host, let port):
            bootstrap = bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
            connecting = bootstrap.connect(host: host, port: port)
        case .unixSocket(let path):
            connecting = bootstrap.connect(unixDomainSocketPath: path)
        }
        return connecting.flatMap { channel in
            channel.eventLoop.makeCompletedFuture {
                try wrap(
                    channel, handlers.value[ObjectIdentifier(channel)], limit: configuration.maximumQueuedCommands)
            }.flatMap { $0 }
        }.flatMapErrorThrowing { error in
            // A channel closed by its own handler fails the connect future with less than the handler knows.
            if let error = error as? RedisError { throw error }
            throw handlers.value.values.lazy.compactMap(\.closeReason).first ?? RedisError(connecting: error)
        }
    }

    /// A connection over a channel that holds `handler`, once its handshake is over. Event loop only.
    static func wrap(
        _ channel: any Channel, _ handler: RedisChannelHandler?, limit: Int
    ) throws -> EventLoopFuture<RedisConnection> {
        guard let handler, let ready = handler.ready, let closed = handler.closed else {
            throw RedisError(.unavailable, "the channel was closed before it was used")
        }
        let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
        return ready.map { RedisConnection(channel: channel, handler: bound.value, closed: closed, limit: limit) }
    }

    private static func tlsHandler(_ context: NIOSSLContext, _ address: RedisAddress) throws -> NIOSSLClientHandler {
        guard case .host(let name, _) = address else {
            return try NIOSSLClientHandler(context: context, serverHostname: nil)
        }
        // An address is no server name (RFC 6066, section 3); NIOSSL then checks the certificate against the
        // peer's address.
        let isAddress = (try? SocketAddress(ipAddress: name, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : name)
    }

    var isOpen: Bool { intake.withLockedValue { $0.isOpen } }

    /// Takes `call` for the next tick unless that makes more than `queueLimit` commands, or more than the configured
    /// bound. Returns the reason if it was refused; it is then not settled and was not sent.
    func submit(_ call: RedisCall, queueLimit: Int = .max) -> RedisError? {
        switch intake.withLockedValue({ $0.submit(call, queueLimit: queueLimit) }) {
        case .queued: break
        case .schedule: eventLoop.execute { self.sendWaiting() }
        case .reject(let error): return error
        }
        return nil
    }

    /// Closes the connection; callers that wait get `reason`. Returns when the socket is closed.
    func close(_ reason: RedisError) async {
        eventLoop.execute { self.handler.value.close(reason) }
        try? await channel.closeFuture.get()
    }

    /// Closes without waiting for the socket.
    func closeSoon(_ reason: RedisError) {
        eventLoop.execute { self.handler.value.close(reason) }
    }

    private func sendWaiting() {
        handler.value.send(intake.withLockedValue { $0.take() })
    }
}
