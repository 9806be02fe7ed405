package import GatewayCore
package import Logging
package import Routing
package import SemanticCache

/// What the cache makes of judgments of its answers: a wrong one is kept from its question at once, everywhere, and
/// goes when two have said so; a stale one goes; what a decision led to teaches that decision.
package struct HitJudgments: HitJudge {
    private let store: any CacheStore
    private let accusations: any AccusationStore
    /// Nil where nothing is decided by an error budget.
    private let desk: DecisionDesk?
    private let onVeto: @Sendable (EntryID, PartitionID) -> Void
    private let logger: Logger
    /// Equal questions are remembered up to this pace: what a hit costs more must not add up.
    let pace = HitPace()

    /// - Parameters:
    ///   - store: where answers are served from.
    ///   - onVeto: is told of entries that this replica knows better than by the change log.
    package init(
        store: any CacheStore, accusations: any AccusationStore, desk: DecisionDesk?, logger: Logger,
        onVeto: @escaping @Sendable (EntryID, PartitionID) -> Void = { _, _ in }
    ) {
        self.store = store
        self.accusations = accusations
        self.desk = desk
        self.logger = logger
        self.onVeto = onVeto
    }

    package func judge(
        _ hit: ServedHit, as verdict: Feedback.Verdict, on route: String, of tenant: TenantID
    ) async throws(GatewayError) -> FeedbackResult {
        let space = DecisionSpace(
            owner: PartitionOwner(tenant: tenant, namespace: hit.namespace), route: route)
        do throws(CacheStoreError) {
            switch verdict {
            case .good: return learn(hit, in: space, isRight: true) ? .learned : .noLesson
            case .wrong:
                let result = try await accuse(hit, of: tenant)
                let isLesson = learn(hit, in: space, isRight: false)
                return result ?? (isLesson ? .learned : .noLesson)
            case .stale: return try await remove(hit, of: tenant)
            }
        } catch {
            logger.warning("a judgment could not be followed", metadata: ["reason": "\(error)"])
            throw GatewayError(.overloaded, "the store does not answer; say it again", retryAfter: .seconds(1))
        }
    }

    /// Returns whether there was something to learn.
    private func learn(_ hit: ServedHit, in space: DecisionSpace, isRight: Bool) -> Bool {
        guard let desk, let ticket = DecisionTicket(of: hit, in: space) else { return false }
        desk.learn(ticket, same: isRight, from: .feedback)
        return true
    }

    /// - Returns: nil when the answer is gone, or another one by now.
    private func accuse(_ hit: ServedHit, of tenant: TenantID) async throws(CacheStoreError) -> FeedbackResult? {
        let accusation = EntryAccusation(
            entry: hit.entry, partition: hit.partition, created: hit.created, question: hit.question,
            accuser: hit.principal)
        let result = try await accusations.accuse(accusation, of: tenant)
        if result != .gone { onVeto(hit.entry, hit.partition) }
        switch result {
        case .gone: return nil
        case .noted: return hit.question == nil ? .noted : .vetoed
        case .isSecond:
            try await store.delete(hit.entry, in: hit.partition)
            logger.warning("an answer was deleted: two have called it wrong", metadata: Self.names(of: hit, tenant))
            return .quarantined
        case .curated:
            logger.warning("a curated answer was called wrong", metadata: Self.names(of: hit, tenant))
            return .reported
        }
    }

    /// Deletes an answer that is stale, so that the next question makes it anew. One that was made since stays.
    private func remove(_ hit: ServedHit, of tenant: TenantID) async throws(CacheStoreError) -> FeedbackResult {
        guard let found = try await store.load(hit.entry, in: hit.partition, of: tenant), found.id == hit.entry,
            found.created == hit.created
        else { return .noLesson }
        guard found.curation == nil else {
            logger.warning("a curated answer was called stale", metadata: Self.names(of: hit, tenant))
            return .reported
        }
        try await store.delete(hit.entry, in: hit.partition)
        return .removed
    }

    private static func names(of hit: ServedHit, _ tenant: TenantID) -> Logger.Metadata {
        ["entry": "\(hit.entry)", "tenant": "\(tenant)", "namespace": "\(hit.namespace)"]
    }
}
