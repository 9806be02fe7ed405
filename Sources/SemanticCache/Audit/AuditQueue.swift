package import GatewayCore

/// The cases that wait for a judge. Bounded, and each pair of question and entry once: what is asked often is not
/// judged often. Pure; the owner locks it.
package struct AuditQueue<Case: Sendable>: Sendable {
    /// A question and the entry that may answer it.
    package struct Pair: Sendable, Hashable {
        package let asked: EntryID
        package let entry: EntryID

        package init(asked: EntryID, entry: EntryID) {
            self.asked = asked
            self.entry = entry
        }
    }

    /// What became of a case that was offered.
    package enum Admission: Sendable, Equatable {
        case queued
        /// The queue has no room: the newest gives way, as the oldest are about to be judged.
        case full
        /// The pair waits already, or was judged lately.
        case known
    }

    /// Pairs that are remembered after they were taken.
    package static var memory: Int { 4_096 }

    private let limit: Int
    /// Taken ones stand before `next` until the list is tidied.
    private var waiting: [Case] = []
    private var next = 0
    private var known: Set<Pair> = []
    /// In the order in which they came, as a ring once it is full.
    private var order: [Pair] = []
    private var oldest = 0

    /// - Parameter limit: at least 1.
    package init(limit: Int) { self.limit = max(limit, 1) }

    package var count: Int { waiting.count - next }

    package mutating func add(_ item: Case, about pair: Pair) -> Admission {
        if known.contains(pair) { return .known }
        if count >= limit { return .full }
        remember(pair)
        waiting.append(item)
        return .queued
    }

    /// The one that has waited longest; nil when none waits.
    package mutating func take() -> Case? {
        guard next < waiting.count else { return nil }
        let item = waiting[next]
        next += 1
        if next == waiting.count || next > limit {
            waiting.removeFirst(next)
            next = 0
        }
        return item
    }

    /// The pair may be offered again: nothing was learned of it.
    package mutating func forget(_ pair: Pair) { known.remove(pair) }

    private mutating func remember(_ pair: Pair) {
        known.insert(pair)
        guard order.count >= Self.memory else { return order.append(pair) }
        // A pair that was forgotten and came again stands in the ring twice; it may go a little early.
        known.remove(order[oldest])
        order[oldest] = pair
        known.insert(pair)
        oldest = (oldest + 1) % Self.memory
    }
}
