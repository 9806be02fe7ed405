import NIOConcurrencyHelpers
import RedisClient
import Synchronization

/// Sends notices one pipeline after the other; what comes meanwhile goes with the next.
final class LimitOutbox: Sendable {
    private struct State {
        var waiting: [LimitNotice] = []
        var flushes: [CheckedContinuation<Void, Never>] = []
        var isSending = false
    }

    private let redis: RedisClient
    private let state = NIOLockedValueBox(State())
    private let wake: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private let lostCount = Atomic<Int>(0)

    /// More than this many are not kept: Redis is away then, and their leases end by themselves.
    private static let capacity = 8_192
    /// A pipeline is no longer, so that a decision behind it does not wait for long.
    private static let batch = 64

    init(redis: RedisClient) {
        self.redis = redis
        (wake, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var lost: Int { lostCount.load(ordering: .relaxed) }

    func add(_ notice: LimitNotice) {
        let isKept = state.withLockedValue { state in
            guard state.waiting.count < Self.capacity else { return false }
            state.waiting.append(notice)
            return true
        }
        if isKept { waker.yield() } else { lose([notice]) }
    }

    private func lose(_ notices: [LimitNotice]) {
        lostCount.add(notices.count, ordering: .relaxed)
        for notice in notices { notice.done?() }
    }

    /// Sends until the task is cancelled; what waits then is lost.
    func run() async {
        for await _ in wake {
            while let batch = take() {
                await send(batch)
                if Task.isCancelled { break }
            }
        }
        let (left, flushes) = state.withLockedValue { state in
            defer { state = State() }
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

    private func send(_ batch: [LimitNotice]) async {
        guard let replies = try? await redis.send(batch.map(\.command)) else { return lose(batch) }
        for (notice, reply) in zip(batch, replies) {
            defer { notice.done?() }
            guard let error = reply.error else { continue }
            // The server was restarted or its scripts flushed: it has not run, and is sent with its text.
            let isUnknown = error.prefix == "NOSCRIPT"
            let again = isUnknown
                ? try? await redis.evaluate(notice.script, keys: notice.keys, arguments: notice.arguments) : nil
            if again == nil { lostCount.add(1, ordering: .relaxed) }
        }
    }
}
