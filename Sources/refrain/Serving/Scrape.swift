import CoreMetrics
import Embedding
import GatewayConfig
import GatewayCore
import NIOConcurrencyHelpers
import NIOCore
import Pipeline
import RedisStores
import Routing
import SemanticCache
import Telemetry

/// Renders the metrics, with the gauges that are read when somebody looks.
struct Scrape: Sendable {
    let registry: PrometheusRegistry
    let instruments: Instruments
    let index: VectorIndex
    let encoder: Encoder
    /// Nil when no answer is served from memory.
    let hot: HotTier?
    /// What of the memo's counts was added to the counters already.
    private let shown = NIOLockedValueBox(MemoCounts())
    /// Nil when nothing is mirrored.
    let mirror: IndexMirror?
    private let shownMirror = NIOLockedValueBox(MirrorFigures())
    private let shownHot = NIOLockedValueBox(HotTierCounts())
    private let faults: EntryFaultCounts
    private let shownFaults = NIOLockedValueBox<[EntryFault: Int]>([:])
    let routes: Routes
    let keys: KeyWatch
    /// Nil where requests share no calls.
    let coalescing: Coalescing?
    private let shownLost = NIOLockedValueBox(0)
    private let decided: DecisionScrape?
    private let admitted: AdmissionScrape
    /// Nil without an encoder.
    private let check: EncoderCheck?
    /// Nil where there was no other encoder before.
    private let former: FormerEncoder?

    init(
        registry: PrometheusRegistry, instruments: Instruments, index: VectorIndex, encoder: Encoder,
        store: AnswerStore, mirror: IndexMirror?, routes: Routes, keys: KeyWatch, coalescing: Coalescing?,
        decisions: DecisionDesk?, labels: FreeLabels?, door: IndexDoor, check: EncoderCheck?,
        former: FormerEncoder?
    ) {
        self.former = former
        self.check = check
        self.coalescing = coalescing
        admitted = AdmissionScrape(instruments, door: door, quotas: store.redis.quotas)
        decided = decisions.map { DecisionScrape(instruments.deciding, desk: $0, labels: labels) }
        self.registry = registry
        self.instruments = instruments
        self.index = index
        self.encoder = encoder
        hot = store.hot
        self.mirror = mirror
        faults = store.redis.codec.faults
        self.routes = routes
        self.keys = keys
    }

    func text() -> ByteBuffer {
        instruments.mirrorEntries.set(index.count)
        instruments.migrationRemaining.set(former?.remaining ?? 0)
        instruments.encoderMismatch.set(check?.gate.standing == .mismatched ? 1 : 0)
        if let counts = encoder.embedder?.counts { count(counts) }
        if let hot { count(hot) }
        if let mirror { count(mirror) }
        count(faults)
        show(routes)
        if let counts = coalescing?.counts {
            instruments.flights.set(counts.flights)
            instruments.followers.set(counts.followers)
            instruments.flightBytes.set(counts.bytes)
        }
        decided?.show()
        admitted.show()
        for (provider, isStale) in keys.standings { instruments.routing.keyStale(provider).set(isStale ? 1 : 0) }
        var buffer = ByteBuffer()
        registry.writeExposition(into: &buffer, process: ProcessFigures.current())
        return buffer
    }

    /// Adds what the memo has counted since the last look. A text that joined another's computation needed none of its
    /// own, so it counts as a hit.
    private func count(_ counts: MemoCounts) {
        let before = shown.withLockedValue { shown in
            defer { shown = counts }
            return shown
        }
        instruments.memoHits.increment(by: (counts.hits + counts.shared) - (before.hits + before.shared))
        instruments.memoMisses.increment(by: counts.misses - before.misses)
    }

    /// Adds what the hot tier has counted since the last look.
    private func count(_ hot: HotTier) {
        // Read under the lock: of two that look at once, none may see less than was added before.
        let (before, counts) = shownHot.withLockedValue { shown in
            let counts = hot.counts
            defer { shown = counts }
            return (shown, counts)
        }
        instruments.l1Hits.increment(by: counts.hits - before.hits)
        instruments.l1Stale.increment(by: counts.stale - before.stale)
        instruments.l1Misses.increment(by: counts.misses - before.misses)
        instruments.l1Entries.set(counts.entries)
        instruments.l1Bytes.set(counts.bytes)
    }

    /// Adds what the mirror has counted since the last look.
    private func count(_ mirror: IndexMirror) {
        let (before, figures) = shownMirror.withLockedValue { shown in
            let figures = mirror.figures
            defer { shown = figures }
            return (shown, figures)
        }
        instruments.mirrorLag.set(figures.lag / .seconds(1))
        instruments.mirrorMissing.increment(by: figures.missing - before.missing)
        instruments.mirrorGone.increment(by: figures.gone - before.gone)
        instruments.mirrorMismatches.increment(by: figures.mismatches - before.mismatches)
        instruments.mirrorResyncs.increment(by: figures.resyncs - before.resyncs)
    }

    /// Adds the entries that were passed over since the last look.
    private func count(_ faults: EntryFaultCounts) {
        let (before, counts) = shownFaults.withLockedValue { shown in
            let counts = faults.all
            defer { shown = counts }
            return (shown, counts)
        }
        for fault in EntryFault.allCases {
            instruments.skippedEntries(fault.rawValue)
                .increment(by: counts[fault, default: 0] - before[fault, default: 0])
        }
    }

    /// How targets and limits are now.
    private func show(_ routes: Routes) {
        let routing = instruments.routing
        let deployments = routes.router.deployments
        for (deployment, condition) in zip(deployments, routes.health.outlook(of: deployments, now: .now)) {
            routing.targetState(deployment).set(condition.standing.gauge)
            routing.targetCalls(deployment).set(condition.inFlight)
        }
        let names = routes.router.modelNames
        for (model, error) in routes.estimator.inputErrors where names.contains(model) {
            routing.estimateError(model).set(error)
        }
        let waiting = routes.router.waitingFigures
        for priority in WaitingClass.allCases {
            routing.waiting(priority.rawValue).set(waiting.waiting[priority] ?? 0)
        }
        routing.oldestWait.set(waiting.oldest / .seconds(1))
        guard let limits = routes.limits else { return }
        routing.limitsDegraded.set(limits.isDegraded ? 1 : 0)
        let lost = shownLost.withLockedValue { shown in
            let lost = limits.lost
            defer { shown = lost }
            return lost - shown
        }
        routing.lostNotices.increment(by: lost)
    }
}

extension TargetStanding {
    /// The value of `refrain_target_state`.
    fileprivate var gauge: Int {
        switch self {
        case .ready: 0
        case .limited: 1
        case .open, .probation: 2
        case .disabled: 3
        }
    }
}
