import GatewayCore
import NIOConcurrencyHelpers

/// Remembers a bounded number of answers for a bounded time: the whole store of one process, and what a replica falls
/// back on when the fleet's store is away.
package final class FeedbackMemory: FeedbackStore {
    private struct Slot {
        let request: String
        let record: FeedbackRecord
        let end: ContinuousClock.Instant
        var isJudged = false
    }

    private struct State {
        /// In the order of their ends. Grows to the capacity, then is written around.
        var ring: [Slot] = []
        var next = 0
        var places: [String: Int] = [:]
    }

    private let rules: FeedbackRules
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = NIOLockedValueBox(State())
    private let judges = JudgmentCounts()

    package init(
        _ rules: FeedbackRules = FeedbackRules(), now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.rules = rules
        self.now = now
    }

    package func keep(_ record: FeedbackRecord, of request: String) { _ = insert(record, of: request) }

    /// The same.
    /// - Returns: the request that is forgotten before its time to make room.
    package func insert(_ record: FeedbackRecord, of request: String) -> String? {
        let now = now()
        return state.withLockedValue { state in
            let slot = Slot(request: request, record: record, end: now + rules.life)
            if state.ring.count < max(rules.capacity, 1) {
                state.places[request] = state.ring.count
                state.ring.append(slot)
                return nil
            }
            let old = state.ring[state.next]
            state.places[old.request] = nil
            state.ring[state.next] = slot
            state.places[request] = state.next
            state.next = (state.next + 1) % state.ring.count
            return old.end > now ? old.request : nil
        }
    }

    package func record(of request: String) async throws(RoutingStoreError) -> FeedbackRecord? { recall(request) }

    package func claim(_ request: String) async throws(RoutingStoreError) -> Bool { markJudged(request) }

    package func release(_ request: String) async { unmarkJudged(request) }

    package func admits(_ judge: String) async throws(RoutingStoreError) -> Bool {
        judges.admits(judge, limit: rules.hitJudgments, now: now())
    }

    /// What is known here.
    package func recall(_ request: String) -> FeedbackRecord? {
        let now = now()
        return state.withLockedValue { state in
            guard let place = state.places[request], state.ring[place].end > now else { return nil }
            return state.ring[place].record
        }
    }

    /// Whether it is known here and this is its first judgment here.
    package func markJudged(_ request: String) -> Bool {
        let now = now()
        return state.withLockedValue { state in
            guard let place = state.places[request], state.ring[place].end > now, !state.ring[place].isJudged else {
                return false
            }
            state.ring[place].isJudged = true
            return true
        }
    }

    /// Its judgment came to nothing.
    package func unmarkJudged(_ request: String) {
        state.withLockedValue { state in
            if let place = state.places[request] { state.ring[place].isJudged = false }
        }
    }
}
