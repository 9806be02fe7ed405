package import GatewayCore

/// The cases that wait for a judge, and what was found out about those before. Bounded, and each pair of question and
/// answer is judged once: what is asked often is not paid for often. It counts as often as it was drawn all the same,
/// so what comes again is kept until its pair is settled. Pure; the owner locks it.
package struct AuditQueue<Case: Sendable, Verdict: Sendable & Equatable>: Sendable {
    /// A question and the answer that may be right for it.
    package struct Pair: Sendable, Hashable {
        package let asked: EntryID
        package let entry: EntryID
        /// Tells the entry's answer from another that takes its place.
        package let answer: UInt64

        package init(asked: EntryID, entry: EntryID, answer: UInt64) {
            self.asked = asked
            self.entry = entry
            self.answer = answer
        }
    }

    /// What became of a case that was offered.
    package enum Admission: Sendable, Equatable {
        case queued
        /// The queue has no room: the newest gives way, as the oldest are about to be judged.
        case full
        /// The pair waits already, and the case with it.
        case joined
        /// The pair was looked into lately: what was found; nil when nothing was and nothing will be.
        case settled(Verdict?)
    }

    private enum Standing: Sendable {
        /// With the cases that came behind the first.
        case open([Case])
        case settled(Verdict?)
    }

    /// Pairs that are remembered after they were taken.
    package static var memory: Int { 4_096 }

    private let limit: Int
    /// Taken ones stand before `next` until the list is tidied.
    private var waiting: [Case] = []
    private var next = 0
    private var known: [Pair: Standing] = [:]
    /// Cases that wait behind the first of their pair.
    private var joined = 0
    /// In the order in which they came, as a ring once it is full.
    private var order: [Pair] = []
    private var oldest = 0

    /// - Parameter limit: at least 1. It holds for the pairs that wait, and for the cases that joined them.
    package init(limit: Int) { self.limit = max(limit, 1) }

    package var count: Int { waiting.count - next }

    package mutating func add(_ item: Case, about pair: Pair) -> Admission {
        switch known[pair] {
        case .settled(let verdict)?: return .settled(verdict)
        case .open(var others)?:
            if joined >= limit { return .full }
            others.append(item)
            known[pair] = .open(others)
            joined += 1
            return .joined
        case nil:
            if count >= limit { return .full }
            remember(pair)
            waiting.append(item)
            return .queued
        }
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

    /// What was found out about a pair holds for all that come.
    /// - Parameter verdict: nil when nothing was found and nothing will be.
    /// - Returns: the cases that joined it meanwhile.
    package mutating func settle(_ pair: Pair, as verdict: Verdict?) -> [Case] {
        guard case .open(let others)? = known[pair] else { return [] }
        joined -= others.count
        known[pair] = .settled(verdict)
        return others
    }

    /// The pair may be offered again: nothing was learned of it, or it is to be looked into once more.
    package mutating func forget(_ pair: Pair) {
        if case .open(let others)? = known.removeValue(forKey: pair) { joined -= others.count }
    }

    private mutating func remember(_ pair: Pair) {
        if order.count < Self.memory {
            order.append(pair)
        } else {
            // A pair that was forgotten and came again stands in the ring twice; it may go a little early.
            forget(order[oldest])
            order[oldest] = pair
            oldest = (oldest + 1) % Self.memory
        }
        known[pair] = .open([])
    }
}
