import NIOCore

/// One keep-alive connection: sends a request, reads its answer, tells the run.
///
/// Confined to the run's event loop.
final class LoadConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private struct Flight {
        /// When it was sent, or was due.
        let begun: NIODeadline
        var firstByte: NIODeadline?
        var lastPart: NIODeadline?
    }

    private let run: LoadRun
    private var context: ChannelHandlerContext?
    private var parser: ResponseParser
    private var pending = ByteBuffer()
    private var flight: Flight?
    private let readsStamps: Bool

    /// - Parameter readsStamps: whether the provider writes into frames when it sent them.
    init(run: LoadRun, watching header: String?, readsStamps: Bool) {
        self.run = run
        self.readsStamps = readsStamps
        parser = ResponseParser(watching: header)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// Sends one request. `begun` is where its latency counts from.
    func send(_ request: ByteBuffer, begun: NIODeadline) {
        flight = Flight(begun: begun)
        guard let context else { return fail("the connection was closed between two requests") }
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
    }

    /// Breaks off what is in flight without telling the run.
    func close() {
        flight = nil
        context?.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        let now = NIODeadline.now()
        guard var flight else { return fail("bytes that nobody asked for") }
        if flight.firstByte == nil { flight.firstByte = now }
        if readsStamps {
            for sent in FrameStamp.times(in: bytes.readableBytesView) { run.transit(now - sent) }
        }
        if pending.readableBytes > 0 {
            pending.writeBuffer(&bytes)
        } else {
            pending = bytes
        }
        let bodyBefore = parser.bodyBytes
        do {
            let step = try parser.read(&pending)
            if parser.bodyBytes > 0, parser.bodyBytes != bodyBefore || flight.lastPart == nil {
                if let last = flight.lastPart { run.gap(now - last) }
                flight.lastPart = now
            }
            self.flight = flight
            if step == .end { end(flight, at: now) }
        } catch {
            fail("\(error)")
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if flight != nil { fail("the connection was closed before the answer was whole") }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if flight != nil { fail("\(error)") }
        context.close(promise: nil)
    }

    private func end(_ flight: Flight, at now: NIODeadline) {
        if pending.readableBytes > 0 { return fail("bytes behind the end of the answer") }
        self.flight = nil
        let answer = LoadAnswer(
            head: parser.head, bodyBytes: parser.bodyBytes, latency: now - flight.begun,
            firstByte: (flight.firstByte ?? now) - flight.begun)
        if parser.head.closes { close() }
        run.answered(answer, by: self)
    }

    private func fail(_ reason: String) {
        let wasBusy = flight != nil
        close()
        run.failed(reason, self, wasBusy: wasBusy)
    }
}
