import GatewayCore
import NIOCore
import NIOHTTP1
import Pipeline

/// One client's connection: collects a request, has it answered, and reads the next when that is done. All of it on
/// the connection's event loop; requests that come early wait their turn.
final class HTTPConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = Never
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Phase {
        case idle
        case receiving(HTTPRequest, bodyLimit: Int)
        case answering(HTTPRequest)
        /// The last answer is out: what still comes is dropped until the client has read it and closes.
        case closing
    }

    let responder: any HTTPResponder
    let limits: ConnectionLimits
    let executor: EventLoopTaskExecutor
    let client: ConnectedClient

    var phase = Phase.idle
    /// The answer that is being written is the connection's last.
    var isLast = false
    var context: ChannelHandlerContext?
    var output = ConnectionOutput()
    private var early = CircularBuffer<HTTPServerRequestPart>()
    private var holdsRead = false
    var timers = ConnectionTimers()

    init(responder: any HTTPResponder, limits: ConnectionLimits, executor: EventLoopTaskExecutor) {
        self.responder = responder
        self.limits = limits
        self.executor = executor
        self.client = ConnectedClient(executor: executor)
    }

    // MARK: - From the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        armIdleTimer(at: .now() + TimeAmount(limits.idleTimeout))
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timers.cancelAll()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        timers.touch()
        let part = unwrapInboundIn(data)
        if case .answering = phase { return early.append(part) }
        if !early.isEmpty { return early.append(part) }
        take(part)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if case .receiving = phase { armBodyTimer() }
    }

    /// While a request is answered nothing more is read: its sender waits, or is held back by TCP.
    func read(context: ChannelHandlerContext) {
        if case .answering = phase {
            holdsRead = true
        } else {
            context.read()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        timers.touch()
        if context.channel.isWritable { output.resumeWriter() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        phase = .closing
        client.watch.gone()
        output.resumeWriter()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        isLast = true
        if case .idle = phase { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (phase, error) {
        case (.idle, let error as HTTPParserError), (.receiving, let error as HTTPParserError):
            refuse(GatewayError(.invalidRequest, "the bytes are no HTTP/1.1 request: \(error)"))
        case (.answering, is HTTPParserError):
            // Of a request that came early; the one before it is answered, then it ends.
            isLast = true
        default: context.close(promise: nil)
        }
    }

    // MARK: - The request

    private func take(_ part: HTTPServerRequestPart) {
        switch (part, phase) {
        case (.head(let head), .idle): begin(head)
        case (.body(var piece), .receiving(var request, let limit)):
            guard piece.readableBytes <= limit - request.body.readableBytes else {
                return refuse(ConnectionLimits.bodyTooLarge(limit: limit))
            }
            // The phase lets go of the buffer first, so that appending does not copy it.
            phase = .idle
            if request.refusal == nil { append(&piece, to: &request.body) }
            phase = .receiving(request, bodyLimit: limit)
        case (.end, .receiving(let request, _)): answer(request)
        default: return
        }
    }

    private func append(_ piece: inout ByteBuffer, to body: inout ByteBuffer) {
        // Most bodies come in one piece, which is kept as it is.
        if body.readableBytes == 0 { body = piece } else { body.writeBuffer(&piece) }
    }

    private func begin(_ head: HTTPRequestHead) {
        if !head.isKeepAlive { isLast = true }
        var request = HTTPRequest(head: head)
        let expectsContinue = head.headers.contains(name: "expect")
        switch responder.admit(head) {
        case .read(let limit):
            phase = .receiving(request, bodyLimit: limit)
            if let declared = head.headers.first(name: "content-length").flatMap({ Int($0) }), declared > limit {
                return refuse(ConnectionLimits.bodyTooLarge(limit: limit))
            }
            if expectsContinue { writeContinue() }
        case .refuse(let error):
            request.refusal = error
            phase = .receiving(request, bodyLimit: limits.droppedBodyBytes)
            if expectsContinue { refuse(error) }
        }
    }

    /// Answers before the request has ended, which makes it the connection's last.
    func refuse(_ error: GatewayError) {
        var request: HTTPRequest
        if case .receiving(let begun, _) = phase {
            request = begun
        } else {
            request = HTTPRequest(head: HTTPRequestHead(version: .http1_1, method: .GET, uri: "/"))
        }
        request.refusal = error
        isLast = true
        answer(request)
    }

    private func answer(_ request: HTTPRequest) {
        guard let context else { return }
        timers.cancelBody()
        phase = .answering(request)
        let writer = ResponseWriter(connection: NIOLoopBound(self, eventLoop: context.eventLoop), client: client)
        let responder = responder
        Task.immediate(executorPreference: executor) { await responder.respond(to: request, over: writer) }
    }

    /// The answer is written.
    func didAnswer() {
        guard case .answering = phase, let context else { return }
        timers.touch()
        if isLast { return closeBehindAnswer() }
        phase = .idle
        if !early.isEmpty {
            // Not from here: answers to many early requests would stand on one another's stack.
            return context.eventLoop.assumeIsolated().execute { self.takeEarly() }
        }
        if holdsRead {
            holdsRead = false
            context.read()
        }
    }

    private func takeEarly() {
        while case let .some(part) = early.first {
            if case .answering = phase { return }
            early.removeFirst()
            take(part)
        }
        if case .answering = phase { return }
        if holdsRead {
            holdsRead = false
            context?.read()
        }
    }

    /// Closes our side only: closing both with bytes unread would reset the connection and take the answer back.
    private func closeBehindAnswer() {
        phase = .closing
        early.removeAll()
        guard let context else { return }
        context.close(mode: .output, promise: nil)
        if holdsRead { context.read() }
        armIdleTimer(at: .now() + TimeAmount(limits.linger))
    }
}
