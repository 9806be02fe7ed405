import GatewayCore
import NIOConcurrencyHelpers

/// Decides about hits under an error budget, each namespace by what was learned there, and takes in labels.
///
/// One lock for each namespace, held for some microseconds; nothing is awaited under it. Namespaces are the callers' to
/// name, so only those used last are kept; what the others had learned stands in the store.
package final class DecisionDesk: Sendable {
    /// A namespace behind its lock.
    final class Slot: Sendable {
        let decider: NIOLockedValueBox<NamespaceDecider>
        let exchange = NIOLockedValueBox(EvidenceExchange())

        init(_ decider: NamespaceDecider) { self.decider = NIOLockedValueBox(decider) }

        /// Whether the others know all that was learned here.
        var isTold: Bool {
            decider.withLockedValue { $0.revision } == exchange.withLockedValue { $0.told }
        }
    }

    private struct State {
        var slots: [DecisionSpace: (slot: Slot, used: UInt64)] = [:]
        var clock: UInt64 = 0

        /// Which namespace goes for another: the one whose last use is longest ago. What nobody else knows yet stays
        /// for as long as another can go.
        var leaver: DecisionSpace? {
            guard let oldest = slots.min(by: { $0.value.used < $1.value.used }) else { return nil }
            if oldest.value.slot.isTold { return oldest.key }
            let told = slots.filter { $0.value.slot.isTold }
            return told.min { $0.value.used < $1.value.used }?.key ?? oldest.key
        }
    }

    private let state = NIOLockedValueBox(State())
    private let calibration: MatchCalibration
    private let limit: Int
    private let draw: @Sendable () -> Double
    private let onDrift: @Sendable (DecisionSpace) -> Void

    /// - Parameters:
    ///   - limit: namespaces that are known at a time; each takes some 10 KB.
    ///   - draw: random numbers, even over 0 to 1, which decide about explorations.
    ///   - onDrift: is told where answers have become wrong more often than expected; must not block.
    package init(
        calibration: MatchCalibration, limit: Int = 1024,
        draw: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        onDrift: @escaping @Sendable (DecisionSpace) -> Void = { _ in }
    ) {
        self.calibration = calibration
        self.limit = max(limit, 1)
        self.draw = draw
        self.onDrift = onDrift
    }

    /// - Parameters:
    ///   - candidates: best first.
    ///   - budget: wrong hits per hit that are allowed.
    /// - Returns: the decision, and how sure its candidate is.
    func decide(
        _ candidates: some Collection<MatchCandidate>, in space: DecisionSpace, budget: Double
    ) -> (decision: HitDecision, note: HitConfidence) {
        let draw = draw()
        return slot(of: space).decider.withLockedValue { decider in
            let decision = decider.decide(candidates, budget: budget, draw: draw)
            return (decision, HitConfidence(decision, by: decider))
        }
    }

    /// What would be decided, without counting it or drawing for an exploration.
    func preview(
        _ candidates: some Collection<MatchCandidate>, in space: DecisionSpace, budget: Double
    ) -> (decision: HitDecision, note: HitConfidence) {
        var decider = known(space)?.decider.withLockedValue { $0 } ?? NamespaceDecider(calibration: calibration)
        let decision = decider.decide(candidates, budget: budget, draw: 1)
        return (decision, HitConfidence(decision, by: decider))
    }

    /// What was to be served was gone.
    func withdraw(_ decision: HitDecision, in space: DecisionSpace) {
        slot(of: space).decider.withLockedValue { $0.withdraw(decision) }
    }

    /// Takes a label: whether the candidate's answer is what the question should get. Returns at once.
    /// - Parameters:
    ///   - ticket: of the decision about that candidate.
    ///   - same: whether the stored answer is the right one.
    package func learn(_ ticket: DecisionTicket, same: Bool, from source: LabelSource = .answer) {
        let isDrift = slot(of: ticket.space).decider.withLockedValue {
            $0.learn(ticket.decision, isRight: same, from: source)
        }
        if isDrift { onDrift(ticket.space) }
    }

    /// An equal question was answered.
    package func countExactHit(in space: DecisionSpace) {
        slot(of: space).decider.withLockedValue { $0.countExactHit() }
    }

    // MARK: - Namespaces

    func known(_ space: DecisionSpace) -> Slot? { state.withLockedValue { $0.slots[space]?.slot } }

    /// The namespaces there are, with their states.
    package var standings: [DecisionStanding] {
        slots.map { space, slot, _ in DecisionStanding(space, slot.decider.withLockedValue { $0 }) }
    }

    /// With when each was used last, by a count that rises with every use.
    var slots: [(space: DecisionSpace, slot: Slot, used: UInt64)] {
        state.withLockedValue { state in state.slots.map { ($0.key, $0.value.slot, $0.value.used) } }
    }

    private func slot(of space: DecisionSpace) -> Slot {
        state.withLockedValue { state in
            state.clock += 1
            if let known = state.slots[space] {
                state.slots[space]?.used = state.clock
                return known.slot
            }
            if state.slots.count >= limit, let leaver = state.leaver { state.slots[leaver] = nil }
            let slot = Slot(NamespaceDecider(calibration: calibration))
            state.slots[space] = (slot, state.clock)
            return slot
        }
    }
}
