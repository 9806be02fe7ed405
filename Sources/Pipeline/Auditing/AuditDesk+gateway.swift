package import GatewayCore
package import RequestAnalysis
package import Routing
package import SemanticCache
package import Upstream

extension AuditDesk {
    /// - Parameters:
    ///   - store: where stored answers are read.
    ///   - questions: where their questions are.
    ///   - purse: holds the day's money.
    ///   - lessons: what is done with what is found.
    ///   - accusations: where it is noted which answers are wrong for a question.
    ///   - onVeto: is told of entries that this replica knows better than by the change log.
    package convenience init(
        rules: AuditRules, analyzer: RequestAnalyzer, router: Router, upstream: UpstreamCaller,
        store: any CacheStore, questions: any EntryCatalog, purse: any AuditPurse, lessons: AuditLessons,
        accusations: any AccusationStore,
        onVeto: @escaping @Sendable (EntryID, PartitionID) -> Void = { _, _ in }
    ) {
        let judge = rules.model.map { model in
            JudgeCall(
                analyzer: analyzer, router: router, upstream: upstream, recorder: lessons.recorder, model: model,
                deadline: rules.deadline)
        }
        self.init(
            rules: rules,
            inspection: AuditInspection(
                dailyBudget: rules.dailyBudget, store: store, questions: questions, judge: judge, purse: purse),
            lessons: lessons, accusations: accusations, onVeto: onVeto)
    }
}
