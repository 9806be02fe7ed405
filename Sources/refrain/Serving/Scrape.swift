import CoreMetrics
import Embedding
import NIOConcurrencyHelpers
import NIOCore
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
    private let shownHot = NIOLockedValueBox(HotTierCounts())

    init(
        registry: PrometheusRegistry, instruments: Instruments, index: VectorIndex, encoder: Encoder, hot: HotTier?
    ) {
        self.registry = registry
        self.instruments = instruments
        self.index = index
        self.encoder = encoder
        self.hot = hot
    }

    func text() -> ByteBuffer {
        instruments.mirrorEntries.set(index.count)
        if let counts = encoder.embedder?.counts { count(counts) }
        if let hot { count(hot) }
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
}
