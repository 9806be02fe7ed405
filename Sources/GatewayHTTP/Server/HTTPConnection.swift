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
        /// `room` is how many bytes more the body may have.
        case receiving(HTTPRequest, room: Int)
        case answering
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
    private(set) var isOutputClosed = false
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
        let part = unwrapInboundIn(data)
        // What comes before its turn is no sign of life: who sends without reading is not kept for it.
        if holdsInput || !early.isEmpty { return early.append(part) }
        timers.touch()
        take(part)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if case .receiving = phase { armBodyTimer() }
    }

    func read(context: ChannelHandlerContext) {
        if holdsReading { holdsRead = true } else { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        timers.touch()
        output.resumeWriter()
        takeEarly()
    }

    func channelInactive(context: ChannelHandlerContext) {
        phase = .closing
        client.watch.gone()
        output.resumeWriter()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        isLast = true
        if case .idle = phase, early.isEmpty { closeBehindAnswer() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let isOfDecoder =
            error is HTTPParserError || error is ByteToMessageDecoderError
            || error is ByteToMessageDecoderError.PayloadTooLargeError
        guard isOfDecoder else { return context.close(promise: nil) }
        switch phase {
        case .idle, .receiving: refuse(GatewayError(.invalidRequest, "the bytes are no HTTP/1.1 request: \(error)"))
        // Of a request that came early; the one before it is answered, then it ends.
        case .answering: isLast = true
        // What comes behind the last answer is not looked at, and must not take the answer back.
        case .closing: return
        }
    }

    // MARK: - The request

    private func take(_ part: HTTPServerRequestPart) {
        switch (part, phase) {
        case (.head(let head), .idle): begin(head)
        case (.body(var piece), .receiving(var request, let room)):
            let left = room - piece.readableBytes
            guard left >= 0 else { return refuse(request.refusal ?? responder.bodyTooLarge) }
            // The phase lets go of the buffer first, so that appending does not copy it.
            phase = .idle
            if request.refusal == nil { append(&piece, to: &request.body) }
            phase = .receiving(request, room: left)
        case (.end, .receiving(let request, _)): answer(request)
        default: return
        }
    }

    private func append(_ piece: inout ByteBuffer, to body: inout ByteBuffer) {
        // Most bodies come in one piece, which is kept as it is.
        if body.readableBytes == 0 { body = piece } else { body.writeBuffer(&piece) }
    }

    private func begin(_ head: HTTPRequestHead) {
        if head.endsConnection { isLast = true }
        var request = HTTPRequest(head: head)
        let declared = head.declaredLength ?? 0
        switch head.isHostGiven ? responder.admit(head) : .refuse(HTTPRequestHead.hostMissing) {
        case .read(let limit):
            phase = .receiving(request, room: limit)
            if declared > limit { return refuse(responder.bodyTooLarge) }
            if head.expectsContinue { writeContinue() }
        case .refuse(let error):
            request.refusal = error
            phase = .receiving(request, room: limits.droppedBodyBytes)
            if head.expectsContinue || declared > limits.droppedBodyBytes { refuse(error) }
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
        phase = .answering
        let writer = ResponseWriter(connection: NIOLoopBound(self, eventLoop: context.eventLoop), client: client)
        let responder = responder
        let task = Task.immediate(executorPreference: executor) { await responder.respond(to: request, over: writer) }
        if case .answering = phase { client.watch.answers(task) }
    }

    /// The answer is written.
    func didAnswer() {
        guard case .answering = phase, let context else { return }
        client.watch.answers(nil)
        timers.touch()
        if isLast { return closeBehindAnswer() }
        phase = .idle
        if early.isEmpty { return readOn() }
        // Not from here: answers to many early requests would stand on one another's stack.
        context.eventLoop.assumeIsolated().execute { self.takeEarly() }
    }

    /// Whether the next request must wait: for the answer to the one before it, or for the client to read that.
    private var holdsInput: Bool {
        switch phase {
        case .answering: true
        case .idle: !(context?.channel.isWritable ?? true)
        case .receiving, .closing: false
        }
    }

    /// While a request is answered the socket stays watched until something early has come: most clients wait, and to
    /// turn the watch off and on again would be two calls of the system for each of their requests.
    private var holdsReading: Bool {
        if case .answering = phase, early.isEmpty { return false }
        return holdsInput
    }

    private func takeEarly() {
        while !holdsInput, let part = early.popFirst() { take(part) }
        if case .receiving = phase { armBodyTimer() }
        readOn()
    }

    private func readOn() {
        guard holdsRead, !holdsInput else { return }
        holdsRead = false
        context?.read()
    }

    /// Closes our side only: closing both with bytes unread would reset the connection and take the answer back. The
    /// client has a moment from when the last byte has left.
    private func closeBehindAnswer() {
        phase = .closing
        early.removeAll()
        guard let context else { return }
        let isOut = context.eventLoop.makePromise(of: Void.self)
        isOut.futureResult.assumeIsolated().whenComplete { _ in
            self.isOutputClosed = true
            self.armIdleTimer(at: .now() + TimeAmount(self.limits.linger))
        }
        context.close(mode: .output, promise: isOut)
        readOn()
    }
}
