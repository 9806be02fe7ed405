import NIOConcurrencyHelpers

/// Tells the other replicas what was learned of hits and hears what they have learned, every few seconds.
package struct EvidenceLink: Sendable {
    /// A replica that lives tells again after so long at the latest.
    private static let longestSilence: Duration = .seconds(600)
    /// One that was silent for so long is no more: who hears of it takes over what it left.
    private static let goneAfter: Duration = .seconds(3600)
    /// Namespaces that nobody uses are exchanged each so many times.
    private static let idleRounds = 10
    /// How often what was heard is worked in beside the decisions, before they have to wait for it.
    private static let attempts = 3

    private let desk: DecisionDesk
    private let store: any EvidenceStore
    private let replica: String
    private let pause: Duration
    private let now: @Sendable () -> ContinuousClock.Instant

    /// - Parameter replica: names this process; no other has the same name.
    package init(
        desk: DecisionDesk, store: any EvidenceStore, replica: String, pause: Duration = .seconds(2),
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.desk = desk
        self.store = store
        self.replica = replica
        self.pause = pause
        self.now = now
    }

    /// Runs until it is cancelled, then tells what is left to be told. Once for each desk.
    package func run() async {
        var round = 0
        while !Task.isCancelled {
            await exchange(idle: round % Self.idleRounds == 0)
            round += 1
            try? await Task.sleep(for: pause)
        }
        // The task is cancelled, and with it every call it makes; what was learned last needs one that is not.
        await Task { await exchange() }.value
    }

    /// Tells and hears once. What the store does not take is told with the next exchange.
    /// - Parameter idle: whether also of namespaces that nobody has used since the last time.
    package func exchange(idle: Bool = true) async {
        for (space, slot, used) in desk.slots {
            let before = slot.exchange.withLockedValue { $0 }
            if !idle, before.used == used { continue }
            // A namespace that was forgotten meanwhile has a field there: it is heard before it is replaced.
            if before.heard < 0, await !exchange(space, slot) { continue }
            if await exchange(space, slot) { slot.exchange.withLockedValue { $0.used = used } }
        }
    }

    /// - Returns: whether the store has answered.
    private func exchange(_ space: DecisionSpace, _ slot: DecisionDesk.Slot) async -> Bool {
        var state = slot.exchange.withLockedValue { $0 }
        let known = slot.decider.withLockedValue { $0 }
        let isFirst = state.heard < 0
        let isSilent = state.toldAt.map { $0.duration(to: now()) > Self.longestSilence } ?? false
        let tells = !isFirst && (known.revision != state.told || isSilent)
        let drifts = isFirst ? 0 : known.counts.drifts - state.driftsTold
        let report = EvidenceReport(
            space: space, replica: replica, evidence: tells ? known.decider.evidence.encoded : nil,
            inherited: tells ? state.inherited.sorted() : [], heard: state.heard, drifts: drifts,
            goneAfter: Self.goneAfter)
        guard let news = try? await store.exchange(report) else { return false }
        state.driftsTold += drifts
        if news.isTaken {
            slot.decider.withLockedValue { $0.handOver() }
            let driftsTold = state.driftsTold
            slot.exchange.withLockedValue {
                $0 = EvidenceExchange()
                $0.driftsTold = driftsTold
            }
            return true
        }
        let isDrift = state.drifts >= 0 && news.drifts > state.drifts + Int64(drifts)
        if tells {
            (state.told, state.toldAt) = (known.revision, now())
            state.dropInherited(report.inherited)
        }
        // All was lost there: it has to be told again.
        if news.heard < state.heard { state.told = -1 }
        let own = news.changes.map { state.hear($0, as: replica) } ?? []
        (state.heard, state.drifts) = (news.heard, news.drifts)
        let heard = state
        slot.exchange.withLockedValue { $0 = heard }
        slot.decider.withLockedValue { decider in
            for evidence in own { decider.inherit(evidence) }
            if isDrift { decider.driftedElsewhere() }
        }
        if news.changes != nil { hear(state.ofOthers, in: slot) }
        return true
    }

    /// Merges and fits beside the decisions, which wait for the lock that a decider is behind.
    private func hear(_ others: NamespaceEvidence, in slot: DecisionDesk.Slot) {
        for _ in 0..<Self.attempts {
            var copy = slot.decider.withLockedValue { $0 }
            copy.hear(others)
            let fitted = copy
            if slot.decider.withLockedValue({ $0.adopt(fitted) }) { return }
        }
        slot.decider.withLockedValue { $0.hear(others) }
    }
}
