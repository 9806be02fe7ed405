import NIOConcurrencyHelpers
import NIOCore

/// Fails what an embedder does not deliver in time.
///
/// One sweep looks after all promises, so that one that is kept costs no timer of its own.
package final class EmbeddingDeadlines: Sendable {
    private struct Watched {
        let promise: EmbeddingPromise
        let end: ContinuousClock.Instant
    }

    private struct State {
        /// In the order of their ends, because all are given the same time.
        var watched = CircularBuffer<Watched>()
        var isSweeping = false
    }

    private let limit: Duration
    private let state = NIOLockedValueBox(State())

    /// - Parameter limit: how long a promise may take from `watch` on.
    package init(after limit: Duration) {
        self.limit = limit
    }

    /// Fails `promise` with `.timeout` unless it is settled in time.
    func watch(_ promise: EmbeddingPromise) {
        guard !promise.isSettled else { return }
        let entry = Watched(promise: promise, end: .now + limit)
        let begins = state.withLockedValue { state in
            while let first = state.watched.first, first.promise.isSettled { state.watched.removeFirst() }
            state.watched.append(entry)
            defer { state.isSweeping = true }
            return !state.isSweeping
        }
        // Nobody needs to end it: it ends by itself when nothing has been watched for the time of one promise.
        if begins { Task { await self.sweep() } }
    }

    private func sweep() async {
        while let next = expire(at: .now) { try? await Task.sleep(until: next, clock: .continuous) }
    }

    /// Fails what is over.
    /// - Returns: when to look again; nil when nothing is watched any more, and the next promise begins a new sweep.
    private func expire(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        let (late, next) = state.withLockedValue { state -> ([EmbeddingPromise], ContinuousClock.Instant?) in
            var late: [EmbeddingPromise] = []
            while let first = state.watched.first, first.end <= now || first.promise.isSettled {
                state.watched.removeFirst()
                late.append(first.promise)
            }
            state.isSweeping = !state.watched.isEmpty
            return (late, state.watched.first?.end)
        }
        for promise in late { promise.settle(.failure(EmbeddingError(.timeout, "no embedding within \(limit)"))) }
        return next
    }
}
