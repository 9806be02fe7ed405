import NIOCore

/// Speaks Redis on one channel: writes what is handed in, gives each reply to its caller, keeps the time limits.
///
/// Executes what its `StateMachine` says. Lives on the channel's event loop.
final class RedisChannelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Bytes of the write buffer that are kept for the next tick.
    private static let keptOutputCapacity = 1 << 20

    private let handshake: RedisHandshake
    private let connectTimeout: TimeAmount
    private let decoder: ReplyDecoder
    private var machine: StateMachine<RedisCall>
    private var context: ChannelHandlerContext?
    private var connectTimer: Scheduled<Void>?
    private var commandTimer: Scheduled<Void>?
    private var output = ByteBuffer()
    /// Why the channel was closed, if this side or the protocol did it.
    private(set) var closeReason: RedisError?
    private var lifetime: Lifetime?
    /// Called with the number of commands that left the queue.
    private var released: @Sendable (Int) -> Void = { _ in }

    /// The two moments others wait for. Made when the handler joins a channel and always kept when it leaves: a host
    /// name with several addresses makes several channels, of which all but one come to nothing.
    private struct Lifetime {
        let ready: EventLoopPromise<Void>
        let closed: EventLoopPromise<RedisError>
    }

    init(configuration: RedisClientConfiguration) throws(RedisError) {
        handshake = RedisHandshake(configuration)
        connectTimeout = TimeAmount(configuration.connectTimeout)
        decoder = try ReplyDecoder(maximumReplySize: configuration.maximumReplySize)
        machine = StateMachine(
            handshake: handshake,
            stallLimit: TimeAmount(configuration.commandTimeout * configuration.stalledAfterTimeouts))
    }

    /// Succeeds after the handshake, fails with a `RedisError` if it does not come to that. Nil before the handler has
    /// a channel.
    var ready: EventLoopFuture<Void>? { lifetime?.ready.futureResult }

    /// Succeeds with the reason when the channel is gone. Nil before the handler has a channel.
    var closed: EventLoopFuture<RedisError>? { lifetime?.closed.futureResult }

    func onRelease(_ body: @escaping @Sendable (Int) -> Void) {
        released = body
    }

    /// Writes all calls of one tick in one write and one flush.
    func send(_ calls: [RedisCall]) {
        let now = context?.eventLoop.now ?? .now()
        var unsent = 0
        output.clear()
        for call in calls {
            // A caller that gave up while it was queued: what is not sent cannot have run.
            guard call.isWaiting else {
                unsent += call.replyCount
                continue
            }
            switch machine.enqueue(
                call, replies: call.replyCount, isPipeline: call.isPipeline, deadline: call.deadline, now: now)
            {
            case .write: call.encode(into: &output)
            case .expire:
                unsent += call.replyCount
                call.settle(.failure(RedisError(.timeout, "the time limit passed before the command was sent")))
            case .refuse:
                unsent += call.replyCount
                call.settle(.failure(closeReason ?? RedisError(.unavailable, "the connection is closed")))
            }
        }
        if output.readableBytes > 0, let context {
            context.writeAndFlush(wrapOutboundOut(output), promise: nil)
            armTimer(context)
            // One large value must not keep its memory for ever.
            if output.capacity > Self.keptOutputCapacity { output = ByteBuffer() }
        }
        if unsent > 0 { released(unsent) }
    }

    /// Closes the channel; callers that wait get `reason`, at once: closing TLS waits for a server that may be dead.
    func close(_ reason: RedisError) {
        if closeReason == nil { closeReason = reason }
        finish()
        context?.close(promise: nil)
    }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        lifetime = Lifetime(
            ready: context.eventLoop.makePromise(of: Void.self),
            closed: context.eventLoop.makePromise(of: RedisError.self))
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        connectTimer = context.eventLoop.scheduleTask(in: connectTimeout) {
            bound.value.close(RedisError(.unavailable, "no connection within the connect timeout"))
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        finish()
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        output.clear()
        for command in handshake.commands { command.encode(into: &output) }
        context.writeAndFlush(wrapOutboundOut(output), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        machine.receivedBytes()
        var finished = 0
        do throws(RedisError) {
            try decoder.decode(unwrapInboundIn(data)) { reply in
                switch machine.receive(reply) {
                case .wait: break
                case .more, .discard: finished += 1
                case .ready: becomeReady()
                case .deliver(let call, let reply):
                    // The place comes free first: whoever has the reply may send the next command at once.
                    released(finished + 1)
                    finished = 0
                    call.settle(.success(reply))
                case .close(let error): close(error)
                }
            }
        } catch {
            close(error)
        }
        if finished > 0 { released(finished) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close(RedisError(connecting: error))
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish()
        context.fireChannelInactive()
    }

    // MARK: Inside

    private func becomeReady() {
        connectTimer?.cancel()
        lifetime?.ready.succeed()
    }

    private func armTimer(_ context: ChannelHandlerContext) {
        guard let due = machine.timerToArm() else { return }
        commandTimer?.cancel()
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        commandTimer = context.eventLoop.scheduleTask(deadline: due) { bound.value.timerFired() }
    }

    private func timerFired() {
        guard let context else { return }
        let action = machine.timerFired(now: context.eventLoop.now)
        for call in action.expired {
            call.settle(.failure(RedisError(.timeout, "no reply within the time limit", mayHaveExecuted: true)))
        }
        guard !action.isStalled else {
            return close(
                RedisError(.connectionLost, "the server has been silent for too long", mayHaveExecuted: true))
        }
        armTimer(context)
    }

    /// Fails whoever waits. Safe to call twice.
    private func finish() {
        connectTimer?.cancel()
        commandTimer?.cancel()
        let reason = closeReason ?? RedisError(.connectionLost, "the server closed the connection")
        let lost = RedisError(
            reason.code, reason.message, serverPrefix: reason.serverPrefix, mayHaveExecuted: true)
        let waiting = machine.close()
        // First: whoever is told that the connection is gone finds it closed.
        lifetime?.ready.fail(reason)
        lifetime?.closed.succeed(reason)
        for call in waiting { call.settle(.failure(lost)) }
    }
}
