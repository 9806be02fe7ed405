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
    /// What of the memo's counts was added to the counters already.
    private let shown = NIOLockedValueBox(MemoCounts())

    init(registry: PrometheusRegistry, instruments: Instruments, index: VectorIndex, encoder: Encoder) {
        self.registry = registry
        self.instruments = instruments
        self.index = index
        self.encoder = encoder
    }

    func text() -> ByteBuffer {
        instruments.mirrorEntries.set(index.count)
        if let counts = encoder.embedder?.counts { count(counts) }
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
}
