import GatewayConfig
import GatewayCore
import Pipeline
import RedisClient
import RedisStores
import RequestAnalysis
import Routing
import SemanticCache
import Telemetry
import Upstream

/// What is recorded of the cache's decisions, and who looks into stored answers: what of it the configuration asks for.
struct AuditServices: Sendable {
    /// Nil when nothing is recorded.
    let record: RedisDecisionLog?
    private let configuration: CacheConfiguration
    private let redis: RedisClient

    init(configuration: CacheConfiguration, redis: RedisClient) {
        self.configuration = configuration
        self.redis = redis
        record = configuration.record.isOn && configuration.mode != .off
            ? RedisDecisionLog(
                redis: redis,
                record: .cache(length: configuration.record.lines, life: configuration.record.life))
            : nil
    }

    /// What the recorder tells the record.
    var lookups: LookupSampling? {
        record.map { LookupSampling(share: configuration.record.share, add: $0.add) }
    }

    /// Nil where nothing would be done with what is found.
    func desk(
        analyzer: RequestAnalyzer, router: Routing.Router, upstream: UpstreamCaller, store: AnswerStore,
        recorder: Telemetry.Recorder, learn: @escaping @Sendable (DecisionTicket, Bool, LabelSource) -> Void
    ) -> AuditDesk? {
        let rules = configuration.audit
        guard configuration.mode == .semantic, rules.model != nil || record != nil else { return nil }
        return AuditDesk(
            rules: rules, analyzer: analyzer, router: router, upstream: upstream, store: store.redis,
            questions: RedisEntryCatalog(redis: redis, store: store.redis), purse: RedisAuditPurse(redis: redis),
            lessons: AuditLessons(
                aliases: store.redis, recorder: recorder, storesPrompts: configuration.storesPrompts,
                isSealed: { [codec = store.redis.codec] in codec.isSealing($0) }, learn: learn),
            accusations: store.redis, onVeto: store.onVeto)
    }
}
