import NIOCore
import NIOHTTP1

/// One connection: reads requests, answers them in order, and notices when its client goes away.
///
/// Lives on its channel's event loop. Reading goes on while an answer is sent, as only that shows a closed connection;
/// pipelined requests wait in a queue of `waitingLimit`, behind which the socket is not read.
final class MockConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let waitingLimit = 64
    /// So many frames in one go before other connections get their turn.
    private static let framesPerTurn = 64

    private let responder: MockResponder
    private var incoming: MockRequest?
    private var waiting = CircularBuffer<MockRequest>(initialCapacity: 2)
    private var exchange: MockExchange?
    private var timer: Scheduled<Void>?
    private var holdsRead = false
    private var isClosing = false
    /// A flush may report the socket writable again before it returns: that must not start a second loop.
    private var isSendingFrames = false

    init(_ responder: MockResponder) {
        self.responder = responder
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            incoming = MockRequest(head: responder.located(head))
            let isIdle = exchange == nil && waiting.isEmpty
            if isIdle, head.headers.first(name: "expect")?.lowercased() == "100-continue" {
                let line = ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n")
                context.writeAndFlush(wrapOutboundOut(line), promise: nil)
            }
        case .body(let part):
            incoming?.append(part, limit: responder.bodyLimit)
        case .end:
            guard let request = incoming.take(), !isClosing else { return }
            waiting.append(request)
            serveWaiting(context)
        }
    }

    func read(context: ChannelHandlerContext) {
        if waiting.count >= Self.waitingLimit { holdsRead = true } else { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, timer == nil, !isSendingFrames {
            sendFrames(context)
            serveWaiting(context)
        }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        waiting.removeAll()
        if let ticket = exchange.take()?.ticket { responder.statistics.end(ticket, .cancelledByClient) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError, exchange == nil, !isClosing else { return context.close(promise: nil) }
        let refusal = MockProviderError(.invalidValue, "The request is not HTTP/1.1: \(error).")
        exchange = MockExchange(ticket: nil, keepsAlive: false, speaksHTTP11: true, reply: MockReply(refusal))
        send(context)
    }

    private func serveWaiting(_ context: ChannelHandlerContext) {
        while exchange == nil, !isClosing, let request = waiting.popFirst() { begin(request, context) }
        if holdsRead, waiting.count < Self.waitingLimit {
            holdsRead = false
            context.read()
        }
    }

    /// Decides the answer and sends it, or sets a timer for it.
    private func begin(_ request: MockRequest, _ context: ChannelHandlerContext) {
        let head = request.head
        let speaksHTTP11 = head.version.minor >= 1
        if let reply = responder.control(request) {
            exchange = MockExchange(
                ticket: nil, keepsAlive: head.isKeepAlive, speaksHTTP11: speaksHTTP11, reply: reply)
        } else {
            let ticket = responder.statistics.begin(MockRoute(target: head.uri))
            exchange = MockExchange(
                ticket: ticket, keepsAlive: head.isKeepAlive, speaksHTTP11: speaksHTTP11,
                reply: responder.reply(to: request, ticket: ticket, now: .now()))
        }
        guard let delay = exchange?.reply.delay, delay > .zero else { return send(context) }
        wait(until: .now() + delay, context) { $0.send(context) }
    }

    /// Acts at `due`, unless the connection ends before. There is one timer at most, as there is one exchange.
    private func wait(
        until due: NIODeadline, _ context: ChannelHandlerContext, then act: @escaping (MockConnectionHandler) -> Void
    ) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
            self.timer = nil
            act(self)
            self.serveWaiting(context)
        }
    }

    /// Sends the head and all of the body that is due now.
    private func send(_ context: ChannelHandlerContext) {
        guard let exchange else { return }
        switch exchange.reply.content {
        case .whole(let body):
            writeHead(of: exchange, .length(body.readableBytes), keepsAlive: exchange.keepsAlive, context)
            end(.completed, last: body, closes: !exchange.keepsAlive, context)
        case .half(let body, let thenCloses):
            writeHead(of: exchange, .length(body.readableBytes), keepsAlive: exchange.keepsAlive, context)
            let half = body.getSlice(at: body.readerIndex, length: body.readableBytes / 2) ?? body
            guard thenCloses else { return context.writeAndFlush(wrapOutboundOut(half), promise: nil) }
            end(.interrupted, last: half, closes: true, context)
        case .stream:
            let keepsAlive = exchange.keepsAlive && exchange.speaksHTTP11
            writeHead(of: exchange, exchange.speaksHTTP11 ? .chunked : .untilClose, keepsAlive: keepsAlive, context)
            sendFrames(context)
        case .nothing:
            end(.interrupted, last: ByteBuffer(), closes: true, context)
        }
    }

    private func writeHead(
        of exchange: MockExchange, _ framing: MockResponseHead.Framing, keepsAlive: Bool,
        _ context: ChannelHandlerContext
    ) {
        var buffer = context.channel.allocator.buffer(capacity: 256)
        exchange.reply.head.write(into: &buffer, framing: framing, keepsAlive: keepsAlive)
        context.write(wrapOutboundOut(buffer), promise: nil)
    }

    /// Sends frames until the stream ends, a token is not yet due, the socket is full or the turn is over.
    private func sendFrames(_ context: ChannelHandlerContext) {
        isSendingFrames = true
        defer { isSendingFrames = false }
        for _ in 0..<Self.framesPerTurn {
            guard var current = exchange, case .stream(var stream) = current.reply.content else { return }
            if stream.pace > .zero, stream.nextIsToken, isTooEarly(&current, pace: stream.pace) {
                exchange = current
                context.flush()
                return wait(until: current.due, context) { $0.sendFrames(context) }
            }
            let step = stream.next()
            current.reply.content = .stream(stream)
            exchange = current
            switch step {
            case .frame(let bytes):
                context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
                guard context.channel.isWritable else { return }
            case .lastFrame(let bytes):
                context.write(wrapOutboundOut(bytes), promise: nil)
            case .end(let bytes):
                return end(
                    .completed, last: bytes, closes: !current.keepsAlive || !current.speaksHTTP11, context)
            case .cut:
                return end(.interrupted, last: ByteBuffer(), closes: true, context)
            case .stall:
                context.flush()
                exchange?.reply.content = .half(ByteBuffer(), thenCloses: false)
                return
            }
        }
        wait(until: .now(), context) { $0.sendFrames(context) }
    }

    /// Sets when the next token is due; false once that time has come.
    private func isTooEarly(_ exchange: inout MockExchange, pace: TimeAmount) -> Bool {
        let now = NIODeadline.now()
        if exchange.due == .distantPast { exchange.due = now + pace }
        if now < exchange.due { return true }
        exchange.due = exchange.due + pace
        return false
    }

    /// Counts the outcome first: who has read the answer to its end finds it counted.
    private func end(
        _ outcome: MockStatistics.Outcome, last: ByteBuffer, closes: Bool, _ context: ChannelHandlerContext
    ) {
        if let ticket = exchange.take()?.ticket { responder.statistics.end(ticket, outcome) }
        guard closes else { return context.writeAndFlush(wrapOutboundOut(last), promise: nil) }
        isClosing = true
        waiting.removeAll()
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(last)).whenComplete { _ in channel.close(promise: nil) }
    }
}
