internal import CLibcurl

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The engine thread's own state: every transfer in hand, and every handle libcurl knows. Lives on that thread.
struct EngineLoop {
    private let engine: CurlEngine
    private let multi: MultiHandle
    private let alarm = EngineAlarm()
    private let news = EngineNews()
    private var transfers: [TransferID: Transfer] = [:]
    /// Handles between two transfers. They keep TLS sessions, so the one used last is used next. One that has sent a
    /// request holds 64 KB.
    private var spare: [EasyHandle] = []

    private static let spareLimit = 64
    /// Between two looks at nothing, when no deadline is near.
    private static let longestWait = 60_000

    init(engine: CurlEngine, multi: MultiHandle) {
        self.engine = engine
        self.multi = multi
    }

    /// Takes what came in, moves all transfers on, then waits for the next event.
    mutating func turn(_ messages: [EngineMessage]) {
        for message in messages { take(message) }
        do throws(CurlError) {
            try multi.perform()
            while let (transfer, result) = multi.nextFinished() {
                close(transfer) { $0.finish(result) }
            }
            handOver()
            endExpired()
            multi.poll(milliseconds: waitingTime())
        } catch {
            // Not known to happen short of memory. All transfers fail, and the short rest keeps a fault that stays
            // from burning the core.
            endAll(error)
            usleep(10_000)
        }
    }

    /// Ends everything: nothing comes in after `unstarted`.
    mutating func end(unstarted: [EngineMessage]) {
        for case .start(let order) in unstarted {
            engine.release()
            order.waiter.resolve(.failure(CurlEngine.hasShutDown(requestMayHaveBeenSent: false)))
        }
        for transfer in Array(transfers.values) {
            let error = CurlEngine.hasShutDown(requestMayHaveBeenSent: transfer.requestMayHaveBeenSent)
            close(transfer) { $0.fail(error) }
        }
        spare = []
    }

    private mutating func take(_ message: EngineMessage) {
        switch message {
        case .start(let order): start(order)
        case .resume(let id):
            guard let transfer = transfers[id] else { return }
            let result = transfer.resume()
            // libcurl reports what a callback says during the resumption here, and not through its messages.
            if result != CURLE_OK { close(transfer) { $0.finish(result) } }
        case .cancel(let id):
            guard let transfer = transfers[id] else { return }
            close(transfer) { $0.cancel() }
        }
    }

    private mutating func start(_ order: TransferOrder) {
        // The cancellation may have come before the start; its message has then found nothing to cancel.
        if order.waiter.isCancelled { return engine.release() }
        do throws(CurlError) {
            let easy = try handle(for: order.request)
            let transfer = Transfer(order, easy: easy, engine: engine, alarm: alarm, news: news)
            try transfer.prepare(order.request)
            try multi.add(easy)
            transfers[order.id] = transfer
            engine.tally.didStart()
        } catch {
            engine.release()
            order.waiter.resolve(.failure(error))
        }
    }

    /// Takes the transfer from libcurl, then lets `ending` answer its caller, then keeps the handle for the next.
    private mutating func close(_ transfer: Transfer, _ ending: (Transfer) -> Void) {
        let easy = transfer.easy
        engine.tally.didOpenConnections(easy.connectionsOpened)
        multi.remove(easy)
        transfers[transfer.id] = nil
        engine.release()
        ending(transfer)
        guard spare.count < Self.spareLimit else { return }
        easy.rest()
        spare.append(easy)
    }

    /// One that has made such a request before, or else the one used last.
    private mutating func handle(for request: CurlRequest) throws(CurlError) -> EasyHandle {
        if let place = spare.lastIndex(where: { $0.isSetUp(for: request) }) { return spare.remove(at: place) }
        return if let last = spare.popLast() { last } else { try EasyHandle() }
    }

    private mutating func handOver() {
        for transfer in news.take() where transfers[transfer.id] === transfer {
            if !transfer.handOver() { close(transfer) { $0.cancel() } }
        }
    }

    private mutating func endExpired() {
        guard let due = alarm.due else { return }
        let now = ContinuousClock.now
        guard now >= due else { return }
        alarm.clear()
        var expired: [(Transfer, CurlError)] = []
        for transfer in transfers.values {
            if let error = transfer.expired(at: now) { expired.append((transfer, error)) }
        }
        for (transfer, error) in expired { close(transfer) { $0.fail(error) } }
    }

    private mutating func endAll(_ error: CurlError) {
        for transfer in Array(transfers.values) {
            close(transfer) { $0.fail(error) }
        }
    }

    private func waitingTime() -> Int32 {
        guard let due = alarm.due else { return Int32(Self.longestWait) }
        return Int32(min(Self.longestWait, (due - .now).wholeMilliseconds))
    }
}
