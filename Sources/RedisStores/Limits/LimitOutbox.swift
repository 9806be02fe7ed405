import NIOConcurrencyHelpers
import RedisClient
import Synchronization

/// Sends notices one pipeline after the other; what comes meanwhile goes with the next.
///
/// What may be repeated is kept while Redis is away, and sent again: a place that a call held, or money, would else be
/// missing until its lease ends.
final class LimitOutbox: Sendable {
    private struct State {
        var waiting: [LimitNotice] = []
        var flushes: [CheckedContinuation<Void, Never>] = []
        var isSending = false
        /// Nobody sends any more.
        var isOver = false
    }

    private let redis: RedisClient
    private let state = NIOLockedValueBox(State())
    private let wake: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private let lostCount = Atomic<Int>(0)
    private let life: Duration

    /// In front of another try.
    private static let pause: Duration = .milliseconds(250)
    /// More than this many are not kept: Redis is away then, and their leases end by themselves.
    private static let capacity = 8_192
    /// A pipeline is no longer, so that a decision behind it does not wait for long.
    private static let batch = 64

    /// - Parameter life: after this time nothing is sent again, as leases are forgotten by then.
    init(redis: RedisClient, life: Duration) {
        self.redis = redis
        self.life = life
        (wake, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var lost: Int { lostCount.load(ordering: .relaxed) }

    func add(_ notice: LimitNotice) {
        let isKept = state.withLockedValue { state in
            guard !state.isOver, state.waiting.count < Self.capacity else { return false }
            state.waiting.append(notice)
            return true
        }
        if isKept { waker.yield() } else { lose([notice]) }
    }

    private func lose(_ notices: [LimitNotice]) {
        lostCount.add(notices.count, ordering: .relaxed)
        for notice in notices { notice.done?() }
    }

    /// Sends until the task is cancelled; what waits then and what comes later is lost. Once.
    func run() async {
        for await _ in wake {
            while let batch = take() {
                let unsent = await send(batch)
                if !unsent.isEmpty { await keep(unsent) }
                if Task.isCancelled { break }
            }
        }
        let (left, flushes) = state.withLockedValue { state in
            defer { state = State(isOver: true) }
            return (state.waiting, state.flushes)
        }
        lose(left)
        for flush in flushes { flush.resume() }
    }

    /// Returns when nothing waits and nothing is under way.
    func flush() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLockedValue { state in
                if state.waiting.isEmpty, !state.isSending { return true }
                state.flushes.append(continuation)
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    /// The next notices; nil, and whoever flushes goes on, when there are none.
    private func take() -> [LimitNotice]? {
        let (batch, flushes) = state.withLockedValue { state in
            let batch = Array(state.waiting.prefix(Self.batch))
            state.waiting.removeFirst(batch.count)
            state.isSending = !batch.isEmpty
            var flushes: [CheckedContinuation<Void, Never>] = []
            if batch.isEmpty { swap(&flushes, &state.flushes) }
            return (batch, flushes)
        }
        for flush in flushes { flush.resume() }
        return batch.isEmpty ? nil : batch
    }

    /// Puts back what may be sent again, and waits until it makes sense to.
    private func keep(_ unsent: [LimitNotice]) async {
        let now = ContinuousClock.now
        let isKept = { (notice: LimitNotice) in notice.isRepeatable && notice.born.duration(to: now) < self.life }
        let kept = unsent.filter(isKept)
        let surplus = state.withLockedValue { state -> [LimitNotice] in
            let room = max(Self.capacity - state.waiting.count, 0)
            state.waiting.insert(contentsOf: kept.prefix(room), at: 0)
            return Array(kept.dropFirst(room))
        }
        lose(unsent.filter { !isKept($0) } + surplus)
        if !kept.isEmpty { try? await Task.sleep(for: Self.pause) }
    }

    /// - Returns: what did not arrive and may another time.
    private func send(_ batch: [LimitNotice]) async -> [LimitNotice] {
        guard let replies = try? await redis.send(batch.map(\.command)) else { return batch }
        var unsent: [LimitNotice] = []
        for (notice, reply) in zip(batch, replies) {
            if await arrived(notice, reply) {
                notice.done?()
            } else {
                unsent.append(notice)
            }
        }
        return unsent
    }

    /// Whether nothing is left to do for a notice. One that the server holds to be wrong is lost.
    private func arrived(_ notice: LimitNotice, _ reply: RedisReply) async -> Bool {
        do throws(RedisError) {
            // The server was restarted or its scripts flushed: it has not run, and is sent with its text.
            if reply.error?.prefix == "NOSCRIPT" {
                _ = try await redis.evaluate(notice.script, keys: notice.keys, arguments: notice.arguments)
            } else {
                _ = try reply.checked()
            }
            return true
        } catch {
            if error.isRetriable { return false }
            lostCount.add(1, ordering: .relaxed)
            return true
        }
    }
}
