import GatewayCore
import SemanticCache

/// Finds out about one case: asks the judge, as long as there is money.
struct AuditInspection: Sendable {
    enum Result: Sendable {
        case found(AuditFinding)
        /// Nothing was.
        case open(AuditOutcome)
    }

    /// In billionths of a dollar.
    let dailyBudget: Int
    let store: any CacheStore
    /// Where the questions of stored answers are read, which no hit needs.
    let questions: any EntryCatalog
    /// Nil when no model judges.
    let judge: JudgeCall?
    let purse: any AuditPurse

    func inspect(_ item: AuditCase) async -> Result {
        guard let judge else { return .open(.noJudge) }
        let entry: StoredEntry
        let stored: String
        do throws(CacheStoreError) {
            guard let loaded = try await store.load(item.entry, in: item.partition, of: item.subject.tenant),
                let text = try await storedQuestion(of: loaded)
            else { return .open(.gone) }
            entry = loaded
            stored = text
        } catch {
            return .open(.failed)
        }
        guard let answer = entry.text, !answer.isEmpty else { return .open(.gone) }
        func found(_ outcome: AuditOutcome, _ cost: Int) -> Result {
            .found(AuditFinding(outcome, of: entry, to: stored, cost: cost))
        }
        let question = JudgeQuestion(asked: item.subject.question, stored: stored, answer: answer)
        let reply = await paid { await judge.ask(question, tenant: item.subject.tenant, labels: item.subject.labels) }
        return switch reply {
        case .verdict(.yes, let cost): found(.rightByJudge, cost)
        case .verdict(.no, let cost): found(.wrong, cost)
        case .verdict(.unsure, let cost): found(.unsure, cost)
        case .verdict(.unreadable, _): .open(.unreadable)
        case .forbidden: .open(.forbidden)
        case .failed: .open(.failed)
        case nil: .open(.budget)
        }
    }

    /// The question of a stored answer; nil when that has ended, or its question is not kept.
    func storedQuestion(of entry: StoredEntry) async throws(CacheStoreError) -> String? {
        try await questions.questions(of: [(entry.id, entry.partition)]).first ?? nil
    }

    /// Runs a call within the day's money: what it may cost is taken before, what it did not is given back.
    /// - Returns: nil when there was no money, or nobody who knows.
    private func paid(_ call: () async -> JudgeCall.Reply) async -> JudgeCall.Reply? {
        guard let receipt = try? await purse.take(AuditRules.advance, limit: dailyBudget) else { return nil }
        let reply = await call()
        let cost =
            switch reply {
            case .verdict(_, let cost), .failed(let cost): cost
            case .forbidden: 0
            }
        await purse.correct(receipt, by: cost - AuditRules.advance)
        return reply
    }
}
