import CoreMetrics
import NIOConcurrencyHelpers
import RedisStores
import SemanticCache
import Telemetry

/// Shows what waits for its second sight, and what tenants with a quota have stored, when somebody looks at the
/// metrics.
final class AdmissionScrape: Sendable {
    /// What was added to the counters already.
    private struct Counts {
        var promoted = 0
        /// By tenant, in their order.
        var evicted: [Int] = []
    }

    private let instruments: Instruments
    private let door: IndexDoor
    /// Nil where no tenant has a quota.
    private let quotas: QuotaBook?
    private let shown = NIOLockedValueBox(Counts())

    init(_ instruments: Instruments, door: IndexDoor, quotas: QuotaBook?) {
        self.instruments = instruments
        self.door = door
        self.quotas = quotas
    }

    func show() {
        instruments.indexWaiting.set(door.figures.waiting)
        // Read under the lock: of two that look at once, none may see less than was added before.
        let (before, promoted, figures) = shown.withLockedValue { shown in
            let promoted = door.figures.promoted
            let figures = quotas?.figures ?? []
            defer { shown = Counts(promoted: promoted, evicted: figures.map(\.evicted)) }
            return (shown, promoted, figures)
        }
        instruments.indexPromoted.increment(by: promoted - before.promoted)
        for (place, figure) in figures.enumerated() {
            instruments.bytes(of: figure.tenant).set(figure.bytes)
            let evicted = place < before.evicted.count ? before.evicted[place] : 0
            instruments.evictions(of: figure.tenant).increment(by: figure.evicted - evicted)
        }
    }
}
