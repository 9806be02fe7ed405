internal import CLibcurl
import NIOCore

/// One exchange on the engine thread: what libcurl calls back for, and the caller it answers to.
///
/// libcurl knows it by an unretained pointer; the engine's table keeps it alive, and leaves it only after the handle
/// was taken out of the multi handle.
final class Transfer {
    let id: TransferID
    let easy: EasyHandle
    private let engine: CurlEngine
    private let alarm: EngineAlarm
    private let news: EngineNews
    private let waiter: HeadWaiter
    private let isOver = TransferEnd()
    private var machine: StateMachine
    private var deadlines: TransferDeadlines
    private var head: ResponseHead
    private var source: CurlBody.Producer.Source?
    private let order = PieceOrder()
    private let pace = BodyPace()
    /// Read, but not yet with the caller.
    private var response: CurlResponse?
    private var gathered = ByteBuffer()
    private var isAnnounced = false
    /// Why a callback broke off the transfer: libcurl itself only knows that it was broken off.
    private var refusal: CurlErrorCode?
    private let isHead: Bool
    /// The last address that was refused; the host may have others.
    private var refusedAddress: IPAddress?

    init(_ order: TransferOrder, easy: EasyHandle, engine: CurlEngine, alarm: EngineAlarm, news: EngineNews) {
        self.id = order.id
        self.easy = easy
        self.engine = engine
        self.alarm = alarm
        self.news = news
        self.waiter = order.waiter
        self.machine = StateMachine(bodyLimit: order.request.maximumBodyBytes)
        self.deadlines = TransferDeadlines(order.request.deadlines, began: order.began)
        self.head = ResponseHead(limit: engine.configuration.maximumHeadBytes)
        self.isHead = order.request.method == "HEAD"
    }

    /// Sets up the handle and the alarm for this transfer.
    func prepare(_ request: CurlRequest) throws(CurlError) {
        if !easy.isSetUp(for: request) {
            easy.reset()
            try easy.apply(request, engine.configuration)
            try connectCallbacks()
            if !request.allowsPrivateAddresses, engine.configuration.connectsDirectly(to: request.url) {
                try guardAddresses()
            }
            easy.didSetUp(for: request)
        }
        try easy.applyBody(of: request)
        try easy.setContext(UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()))
        alarm.ring(noLaterThan: deadlines.earliest)
    }

    var requestMayHaveBeenSent: Bool { machine.requestMayHaveBeenSent }

    // MARK: - From libcurl

    func requestLeaves() {
        machine.requestLeaves()
    }

    /// Whether a host with this address may be talked to; nil for what is no IP address.
    func mayReach(_ address: IPAddress?) -> Bool {
        guard let address else { return false }
        guard address.specialUse != nil else { return true }
        refusedAddress = address
        return false
    }

    /// - Returns: whether to go on.
    func receive(headLine line: UnsafeRawBufferPointer) -> Bool {
        guard case .started = machine.state else { return true }
        switch head.append(line) {
        case .incomplete: return true
        case .tooLarge:
            refusal = .headTooLarge
            return false
        case .complete:
            if machine.headIsComplete() == .deliver { deliverHead() }
            return true
        }
    }

    /// - Returns: what to answer libcurl: the piece's length when it was taken, else pause or error.
    func receive(piece: UnsafeRawBufferPointer) -> Int {
        // First, as the reader may want no more after it.
        if gathered.readableBytes + piece.count > Self.gatheredLimit, !handOverPieces() { return refuse(.cancelled) }
        switch machine.pieceIsOffered(piece.count) {
        case .accept: break
        case .pause:
            deadlines.bodyIsHeldBack()
            engine.tally.didPause()
            pace.wasHeldBack()
            return CLibcurl_write_pause()
        case .refuse(let code): return refuse(code)
        }
        engine.tally.didReceive(piece.count)
        expectBody()
        if gathered.readableBytes == 0 { gathered = ByteBufferAllocator().buffer(capacity: piece.count) }
        gathered.writeBytes(piece)
        announce()
        return piece.count
    }

    /// libcurl's own largest piece: what is gathered is never larger than one piece may be.
    private static let gatheredLimit = 16 * 1024

    // MARK: - From the engine

    /// Gives the caller what has come since the last turn.
    /// - Returns: whether anybody wants more.
    func handOver() -> Bool {
        isAnnounced = false
        let isWanted = handOverPieces()
        if let response {
            self.response = nil
            waiter.resolve(.success(response))
        }
        return isWanted
    }

    /// The reader has room again.
    /// - Returns: what libcurl says; an error ends the transfer.
    func resume() -> CURLcode {
        guard machine.resume() == .unpause else { return CURLE_OK }
        expectBody()
        return easy.unpause()
    }

    /// The deadline that has run out, if one has; otherwise the alarm is set for the next.
    func expired(at now: ContinuousClock.Instant) -> CurlError? {
        guard let (code, message) = deadlines.expired(at: now) else {
            alarm.ring(noLaterThan: deadlines.earliest)
            return nil
        }
        return CurlError(code, message, requestMayHaveBeenSent: requestMayHaveBeenSent)
    }

    /// libcurl is done with the transfer.
    func finish(_ result: CURLcode) {
        if result == CURLE_OK, source == nil {
            return fail(CurlError(.invalidResponse, "the response has no head", requestMayHaveBeenSent: true))
        }
        if result == CURLE_OK { return end(machine.finish(), error: nil) }
        if let refusedAddress, result == CURLE_COULDNT_CONNECT || result == CURLE_ABORTED_BY_CALLBACK {
            return fail(.refused(refusedAddress, libcurlCode: Int(result.rawValue)))
        }
        fail(refusal.map(refused) ?? .ended(
            result, message: easy.message(for: result), requestMayHaveBeenSent: requestMayHaveBeenSent))
    }

    /// The transfer cannot go on.
    func fail(_ error: CurlError) {
        end(machine.finish(), error: error)
    }

    /// Nobody wants the rest.
    func cancel() {
        end(machine.cancel(), error: .cancelled(requestMayHaveBeenSent: requestMayHaveBeenSent))
    }

    // MARK: - Private

    private func end(_ action: StateMachine.EndAction, error: CurlError?) {
        isOver.mark()
        // In front of the end; the head behind it, so that its reader finds everything there.
        if error?.code != .cancelled { _ = handOverPieces() }
        defer {
            if let response { waiter.resolve(.success(response)) }
            response = nil
        }
        switch (action, error) {
        case (.failHead, let error):
            waiter.resolve(.failure(error ?? .cancelled(requestMayHaveBeenSent: requestMayHaveBeenSent)))
        case (.endBody, nil): source?.finish()
        case (.endBody, let error?): source?.finish(error)
        case (.nothing, _): break
        }
        source = nil
    }

    private func deliverHead() {
        let demand = BodyDemand(id: id, engine: engine, isOver: isOver, order: order, pace: pace)
        let made = CurlBody.Producer.makeSequence(
            backPressureStrategy: .init(lowWatermark: 4, highWatermark: 16), finishOnDeinit: true, delegate: demand)
        source = made.source
        expectBody()
        let headers = head.headers()
        let declared = headers["content-length"].flatMap { Int($0) }
        let isDelimited =
            declared != nil || head.httpVersion == .http2 || isHead || head.status == 204 || head.status == 304
            || headers["transfer-encoding"]?.lowercased().hasSuffix("chunked") == true
        let body = CurlBody(producer: made.sequence, declaredLength: declared, isDelimited: isDelimited, demand: demand)
        response = CurlResponse(status: head.status, headers: headers, httpVersion: head.httpVersion, body: body)
        announce()
    }

    private func announce() {
        if isAnnounced { return }
        isAnnounced = true
        news.add(self)
    }

    private func handOverPieces() -> Bool {
        guard gathered.readableBytes > 0 else { return true }
        pace.pieceCame(at: .now)
        let piece = gathered
        gathered = ByteBuffer()
        return machine.pieceWasDelivered(demand(after: piece)) == .accept
    }

    private func demand(after buffer: ByteBuffer) -> StateMachine.Demand {
        order.willHandOver()
        return switch source?.yield(buffer) {
        case .produceMore: .more
        case .stopProducing: .enough
        case .dropped, nil: .gone
        }
    }

    private func expectBody() {
        deadlines.bodyIsExpected(from: .now)
        alarm.ring(noLaterThan: deadlines.earliest)
    }

    private func refuse(_ code: CurlErrorCode) -> Int {
        refusal = code
        return CLibcurl_write_error()
    }

    private func refused(_ code: CurlErrorCode) -> CurlError {
        let message =
            switch code {
            case .headTooLarge: "the response head is longer than \(engine.configuration.maximumHeadBytes) bytes"
            case .bodyTooLarge: "the response body is longer than the request allows"
            case .cancelled: "the reader of the body went away"
            default: "a body came before its head"
            }
        return CurlError(code, message, requestMayHaveBeenSent: true)
    }
}
