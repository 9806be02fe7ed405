package import CoreMetrics
import GatewayCore

/// Every metric of Refrain: names and meanings in `Instruments+definitions.swift`, handles here.
///
/// Where all values of a label are known, their series exist from the start, so that a rate over them sees the
/// first increment.
package struct Instruments: Sendable {
    /// Requests being answered: up at the request's head, down when its record is written.
    package let inFlight: Meter
    package let redisDegraded: Meter
    package let encoderMismatch: Meter
    package let formerHits: Counter
    package let migrationRemaining: Meter
    private let migrated: LabelledHandles<String, Counter>
    package let mirrorEntries: Meter
    package let mirrorLag: Meter
    package let mirrorMissing: Counter
    package let mirrorGone: Counter
    package let mirrorMismatches: Counter
    package let mirrorResyncs: Counter
    package let memoHits: Counter
    package let memoMisses: Counter
    package let l1Hits: Counter
    package let l1Stale: Counter
    package let l1Misses: Counter
    package let l1Entries: Meter
    package let l1Bytes: Meter
    package let flights: Meter
    package let followers: Meter
    package let flightBytes: Meter
    package let routing: Routing
    package let deciding: Deciding

    let clientGone: Counter
    let purges: LabelledHandles<String, Counter>
    private let skipped: LabelledHandles<String, Counter>
    let audits: LabelledHandles<AuditLabels, Counter>
    let promotions: LabelledHandles<String, Counter>
    let servedSimilarity: CoreMetrics.Recorder
    let rejectedSimilarity: CoreMetrics.Recorder
    let requests: LabelledHandles<RequestLabels, Counter>
    let attempts: LabelledHandles<AttemptLabels, Counter>
    let firstByte: LabelledHandles<DeploymentID, Timer>
    private let durations: [CacheOutcome?: Timer]
    private let overheads: [CacheOutcome?: Timer]
    private let stages: [Stage: Timer]
    package let indexWaiting: Meter
    package let indexPromoted: Counter
    private let tenantBytes: LabelledHandles<String, Meter>
    private let evictions: LabelledHandles<String, Counter>
    let shadow: LabelledHandles<ShadowLabels, Counter>
    private let judgments: [JudgmentLabels: Counter]
    private let misses: [MissReason: Counter]
    private let writes: [WriteOutcome: Counter]
    private let sharings: [SharingOutcome: Counter]
    private let refreshes: [RefreshResult: Counter]
    private let staleHits: [HitFreshness: Counter]
    private let errors: [GatewayErrorCode: Counter]
    private let tokens: [TokenKind: Counter]
    private let stored: [StoredResponseEvent: Counter]

    /// What a label says where there is nothing to say.
    static let none = "none"

    /// Label values of `refrain_requests_total`. The route is a configured name or nothing.
    struct RequestLabels: Hashable {
        let route: String?
        let outcome: CacheOutcome?
        /// 0 when no answer was begun.
        let statusClass: Int
    }

    /// Label values of `refrain_provider_attempts_total`.
    struct AttemptLabels: Hashable {
        let deployment: DeploymentID
        let result: String
    }

    /// Label values of `refrain_cacheability_total`; a reason has one class.
    struct JudgmentLabels: Hashable {
        let reason: CacheabilityReason
        let sharing: AnswerSharing

        static let all = CacheabilityReason.allCases.flatMap { reason in
            AnswerSharing.allCases.map { JudgmentLabels(reason: reason, sharing: $0) }
        }
    }

    /// Label values of `refrain_cache_shadow_total`.
    struct ShadowLabels: Hashable {
        let route: String?
        let outcome: CacheOutcome
    }

    /// Label values of `refrain_cache_audits_total`.
    struct AuditLabels: Hashable {
        let of: String
        let outcome: AuditOutcome
    }

    /// A part of a request that is timed. The raw value is a metric label.
    enum Stage: String, CaseIterable {
        case analyze
        case findExact = "find_exact"
        case embed
        case findSimilar = "find_similar"
        /// For another request's call.
        case wait
        case upstream
    }

    /// Whose tokens they are. The raw value is a metric label.
    enum TokenKind: String, CaseIterable {
        case spentPrompt = "spent_prompt"
        case spentCompletion = "spent_completion"
        case replayedPrompt = "replayed_prompt"
        case replayedCompletion = "replayed_completion"
    }

    /// - Parameter factory: the swift-metrics backend: a `PrometheusRegistry`, or `MetricsSystem.factory`.
    package init(factory: any MetricsFactory) {
        inFlight = Self.inFlight.meter(on: factory)
        redisDegraded = Self.redisDegraded.meter(on: factory)
        encoderMismatch = Self.encoderMismatch.meter(on: factory)
        formerHits = Self.formerHits.counter(on: factory)
        migrationRemaining = Self.migrationLeft.meter(on: factory)
        migrated = LabelledHandles { Self.migratedEntries.counter($0, on: factory) }
        mirrorEntries = Self.mirrorEntries.meter(on: factory)
        mirrorLag = Self.mirrorLag.meter(on: factory)
        mirrorMissing = Self.mirrorRepairs.counter("missing", on: factory)
        mirrorGone = Self.mirrorRepairs.counter("gone", on: factory)
        mirrorMismatches = Self.mirrorMismatches.counter(on: factory)
        mirrorResyncs = Self.mirrorResyncs.counter(on: factory)
        memoHits = Self.encoderMemo.counter("hit", on: factory)
        memoMisses = Self.encoderMemo.counter("miss", on: factory)
        l1Hits = Self.l1Lookups.counter("hit", on: factory)
        l1Stale = Self.l1Lookups.counter("stale", on: factory)
        l1Misses = Self.l1Lookups.counter("miss", on: factory)
        l1Entries = Self.l1Entries.meter(on: factory)
        l1Bytes = Self.l1Bytes.meter(on: factory)
        flights = Self.flights.meter(on: factory)
        followers = Self.followers.meter(on: factory)
        flightBytes = Self.flightBytes.meter(on: factory)
        sharings = Self.table(SharingOutcome.allCases) { Self.sharing.counter($0.rawValue, on: factory) }
        routing = Routing(factory: factory)
        deciding = Deciding(factory: factory)
        purges = LabelledHandles { Self.purges.counter($0, on: factory) }
        skipped = LabelledHandles { Self.skippedEntries.counter($0, on: factory) }
        audits = LabelledHandles { Self.audits.counter($0.of, $0.outcome.rawValue, on: factory) }
        promotions = LabelledHandles { Self.promotions.counter($0, on: factory) }
        clientGone = Self.clientGone.counter(on: factory)
        servedSimilarity = Self.similarity.recorder("served", on: factory)
        rejectedSimilarity = Self.similarity.recorder("best_rejected", on: factory)
        requests = LabelledHandles { labels in
            Self.requests.counter(
                labels.route ?? Self.none, labels.outcome?.rawValue ?? Self.none,
                labels.statusClass == 0 ? Self.none : "\(labels.statusClass)xx", on: factory)
        }
        attempts = LabelledHandles { Self.attempts.counter($0.deployment.description, $0.result, on: factory) }
        firstByte = LabelledHandles { Self.firstByte.timer($0.description, on: factory) }
        let outcomes = CacheOutcome.allCases.map(Optional.some) + [nil]
        durations = Self.table(outcomes) { Self.requestDuration.timer($0?.rawValue ?? Self.none, on: factory) }
        overheads = Self.table(outcomes) { Self.overhead.timer($0?.rawValue ?? Self.none, on: factory) }
        stages = Self.table(Stage.allCases) { Self.stageDuration.timer($0.rawValue, on: factory) }
        indexWaiting = Self.indexWaiting.meter(on: factory)
        indexPromoted = Self.indexPromoted.counter(on: factory)
        tenantBytes = LabelledHandles { Self.tenantBytes.meter($0, on: factory) }
        evictions = LabelledHandles { Self.evictions.counter($0, on: factory) }
        shadow = LabelledHandles { labels in
            Self.shadow.counter(labels.route ?? Self.none, labels.outcome.rawValue, on: factory)
        }
        judgments = Self.table(JudgmentLabels.all) {
            Self.cacheability.counter(
                $0.reason.ofClass.rawValue, $0.reason.rawValue, $0.sharing.rawValue, on: factory)
        }
        misses = Self.table(MissReason.allCases) { Self.cacheMisses.counter($0.rawValue, on: factory) }
        writes = Self.table(WriteOutcome.allCases) { Self.cacheWrites.counter($0.rawValue, on: factory) }
        errors = Self.table(GatewayErrorCode.allCases) { Self.errors.counter($0.rawValue, on: factory) }
        refreshes = Self.table(RefreshResult.allCases) { Self.cacheRefreshes.counter($0.rawValue, on: factory) }
        staleHits = Self.table(HitFreshness.allCases) { Self.cacheStaleHits.counter($0.rawValue, on: factory) }
        stored = Self.table(StoredResponseEvent.allCases) {
            Self.storedResponses.counter($0.rawValue, on: factory)
        }
        tokens = Self.table(TokenKind.allCases) { Self.tokens.counter($0.rawValue, on: factory) }
    }

    func duration(_ outcome: CacheOutcome?) -> Timer? { durations[outcome] }

    func overhead(_ outcome: CacheOutcome?) -> Timer? { overheads[outcome] }

    func stage(_ stage: Stage) -> Timer? { stages[stage] }

    /// What a tenant has stored, by its name.
    package func bytes(of tenant: String) -> Meter { tenantBytes[tenant] }

    package func evictions(of tenant: String) -> Counter { evictions[tenant] }

    func judged(_ judgment: CacheJudgment) -> Counter? {
        judgments[JudgmentLabels(reason: judgment.reason, sharing: judgment.sharing)]
    }

    func miss(_ reason: MissReason) -> Counter? { misses[reason] }

    func write(_ outcome: WriteOutcome) -> Counter? { writes[outcome] }

    func sharing(_ outcome: SharingOutcome) -> Counter? { sharings[outcome] }
    func refresh(_ result: RefreshResult) -> Counter? { refreshes[result] }

    func stale(_ freshness: HitFreshness) -> Counter? { staleHits[freshness] }

    func error(_ code: GatewayErrorCode) -> Counter? { errors[code] }

    func stored(_ event: StoredResponseEvent) -> Counter? { stored[event] }

    func tokens(_ kind: TokenKind) -> Counter? { tokens[kind] }

    /// Entries that were passed over for this reason.
    package func skippedEntries(_ reason: String) -> Counter { skipped[reason] }

    /// Entries of the encoder before of which this became.
    package func migrated(_ outcome: String) -> Counter { migrated[outcome] }

    static func table<Key: Hashable, Handle>(_ keys: [Key], _ make: (Key) -> Handle) -> [Key: Handle] {
        Dictionary(keys.map { ($0, make($0)) }) { first, _ in first }
    }
}
