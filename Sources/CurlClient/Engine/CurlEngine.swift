import NIOConcurrencyHelpers
import Synchronization
import Threads

/// The side of the engine that other threads see: its inbox, its counts, and the way to wake it.
///
/// The inbox itself has no limit because what goes in has one: `admit` bounds the exchanges, and an exchange posts
/// one start, at most one resume at a time, and at most two cancels. A control message is never refused: a lost
/// resume would be a hang.
final class CurlEngine: Sendable {
    private struct Ending {
        var hasStopped = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    let configuration: CurlClientConfiguration
    private let inbox = Inbox<EngineMessage>(limit: .max)
    /// Taken out at the end of the thread. A caller that is about to wake it keeps it alive for that long.
    private let multi: NIOLockedValueBox<MultiHandle?>
    private let ending = NIOLockedValueBox(Ending())
    private let isStopping = Atomic<Bool>(false)
    private let nextNumber = Atomic<UInt64>(0)
    private let inHand = Atomic<Int>(0)
    let tally = EngineTally()

    init(configuration: CurlClientConfiguration, multi: MultiHandle) {
        self.configuration = configuration
        self.multi = NIOLockedValueBox(multi)
    }

    // MARK: - Any thread

    func makeID() -> TransferID {
        TransferID(number: nextNumber.wrappingAdd(1, ordering: .relaxed).newValue)
    }

    /// Counts one more exchange in hand; `release` takes it back.
    /// - Throws: `tooManyWaiting` at the limit.
    func admit() throws(CurlError) {
        let count = inHand.wrappingAdd(1, ordering: .relaxed).newValue
        guard count <= configuration.maximumExchanges else {
            release()
            throw CurlError(
                .tooManyWaiting, "\(configuration.maximumExchanges) exchanges are in hand, which is the limit")
        }
    }

    func release() {
        inHand.wrappingSubtract(1, ordering: .relaxed)
    }

    /// Hands an admitted exchange to the engine thread.
    func start(_ order: TransferOrder) {
        guard post(.start(order)) else {
            release()
            return order.waiter.resolve(.failure(Self.hasShutDown(requestMayHaveBeenSent: false)))
        }
    }

    func resume(_ id: TransferID) {
        _ = post(.resume(id))
    }

    func cancel(_ id: TransferID) {
        _ = post(.cancel(id))
    }

    /// Makes the thread end all exchanges and then itself. Returns at once.
    func stop() {
        // Closed first: whoever sees the flag knows that nothing more comes in.
        inbox.close()
        isStopping.store(true, ordering: .releasing)
        wake()
    }

    func waitUntilStopped() async {
        await withCheckedContinuation { continuation in
            let hasStopped = ending.withLockedValue { ending in
                if !ending.hasStopped { ending.waiters.append(continuation) }
                return ending.hasStopped
            }
            if hasStopped { continuation.resume() }
        }
    }

    var counters: CurlCounters {
        tally.counters(inHand: inHand.load(ordering: .relaxed))
    }

    static func hasShutDown(requestMayHaveBeenSent: Bool) -> CurlError {
        CurlError(.shutdown, "the client was shut down", requestMayHaveBeenSent: requestMayHaveBeenSent)
    }

    private func post(_ message: EngineMessage) -> Bool {
        switch inbox.append(message) {
        case .first: wake()
        case .queued: break
        case .full, .closed: return false
        }
        return true
    }

    private func wake() {
        multi.withLockedValue { $0 }?.wake()
    }

    // MARK: - The engine thread

    /// The body of the engine thread: ends after `stop`.
    func run() {
        guard let multi = multi.withLockedValue({ $0 }) else { return }
        SignalMask.blockBrokenPipe()
        var loop = EngineLoop(engine: self, multi: multi)
        while !isStopping.load(ordering: .acquiring) {
            loop.turn(inbox.drain())
        }
        loop.end(unstarted: inbox.drain())
        self.multi.withLockedValue { $0 = nil }
        let waiters = ending.withLockedValue { ending in
            ending.hasStopped = true
            defer { ending.waiters = [] }
            return ending.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
