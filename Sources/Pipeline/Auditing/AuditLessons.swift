package import GatewayCore
package import SemanticCache
package import Telemetry

/// What is done with a finding: it teaches the decision, stands in the record, and makes aliases.
package struct AuditLessons: Sendable {
    /// Teaches the decision.
    let learn: @Sendable (DecisionTicket, Bool, LabelSource) -> Void
    let aliases: any AliasStore
    let recorder: Recorder
    private let storesPrompts: Bool
    private let isSealed: @Sendable (TenantID) -> Bool

    /// - Parameters:
    ///   - storesPrompts: whether questions may stand in the store as they were asked.
    ///   - isSealed: whose entries are encrypted. The record is not, so that it holds no texts of theirs.
    package init(
        aliases: any AliasStore, recorder: Recorder, storesPrompts: Bool = true,
        isSealed: @escaping @Sendable (TenantID) -> Bool = { _ in false },
        learn: @escaping @Sendable (DecisionTicket, Bool, LabelSource) -> Void
    ) {
        self.learn = learn
        self.aliases = aliases
        self.recorder = recorder
        self.storesPrompts = storesPrompts
        self.isSealed = isSealed
    }

    /// Records a finding, and makes the question another name of the entry that is right for it.
    func keep(_ finding: AuditFinding, of item: AuditCase, promotes: Bool) async {
        let subject = item.subject
        recorder.labelled(
            subject.request, isRight: finding.isRight, basis: finding.outcome, share: item.share, cost: finding.cost,
            texts: texts(of: finding, to: subject))
        // Where what the model has answered was stored, no alias replaces it.
        guard promotes, finding.isRight, item.partition == subject.place.partition,
            let generation = subject.generation
        else { return }
        let question = subject.question
        let alias = EntryAlias(
            id: subject.place.entry, partition: item.partition, question: storesPrompts ? question : nil,
            features: storesPrompts ? nil : GuardFeatures(text: question).encoded, vector: subject.vector,
            entry: finding.entry, entryCreated: finding.created, provenance: finding.outcome.rawValue,
            labels: EntryLabels(subject.cacheLabels), generation: generation)
        recorder.promoted((try? await aliases.promote(alias, of: subject.tenant)) ?? false)
    }

    /// What operators are shown of an answer that was wrong.
    private func texts(of finding: AuditFinding, to subject: AuditSubject) -> (asked: String, stored: String)? {
        guard !finding.isRight, storesPrompts, !isSealed(subject.tenant) else { return nil }
        return (subject.question, finding.stored ?? "")
    }
}
