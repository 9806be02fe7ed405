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
    package convenience init(
        rules: AuditRules, analyzer: RequestAnalyzer, router: Router, upstream: UpstreamCaller,
        store: any CacheStore, questions: any EntryCatalog, purse: any AuditPurse, lessons: AuditLessons
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
            lessons: lessons)
    }
}
