import NIOConcurrencyHelpers

/// Tells the other replicas what was learned of hits and hears what they have learned, every few seconds.
package struct EvidenceLink: Sendable {
    /// A replica that lives tells again after so long at the latest.
    private static let longestSilence: Duration = .seconds(600)
    /// One that was silent for so long is no more: who reads what it left takes it over.
    private static let goneAfter: Duration = .seconds(3600)

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
        while !Task.isCancelled {
            await exchange()
            try? await Task.sleep(for: pause)
        }
        // The task is cancelled, and with it every call it makes; what was learned last needs one that is not.
        await Task { await exchange() }.value
    }

    /// Tells and hears once. What the store does not take is told with the next exchange.
    package func exchange() async {
        for (space, slot) in desk.slots { await exchange(space, slot) }
    }

    private func exchange(_ space: DecisionSpace, _ slot: DecisionDesk.Slot) async {
        let before = slot.exchange.withLockedValue { $0 }
        let known = slot.decider.withLockedValue { $0 }
        let isSilent = before.toldAt.map { $0.duration(to: now()) > Self.longestSilence } ?? false
        let tells = known.revision != before.told || isSilent
        let drifts = known.counts.drifts - before.driftsTold
        let report = EvidenceReport(
            space: space, replica: replica, evidence: tells ? known.decider.evidence.encoded : nil,
            heard: before.heard, drifts: drifts)
        guard let news = try? await store.exchange(report) else { return }
        let others = (news.fields ?? []).filter { $0.replica != replica }
        var merged = NamespaceEvidence()
        for field in others {
            if field.age > Self.goneAfter, (try? await store.take(field, of: space)) == true {
                slot.decider.withLockedValue { $0.inherit(field.evidence) }
            } else {
                merged.merge(field.evidence)
            }
        }
        let isDrift = before.drifts >= 0 && news.drifts > before.drifts + Int64(drifts)
        slot.decider.withLockedValue { [merged] decider in
            if news.fields != nil { decider.hear(merged) }
            if isDrift { decider.driftedElsewhere() }
        }
        slot.exchange.withLockedValue { state in
            state.heard = news.writes
            state.drifts = news.drifts
            state.driftsTold = known.counts.drifts
            if tells { (state.told, state.toldAt) = (known.revision, now()) }
        }
    }
}
