import CoreMetrics
import NIOCore
import SemanticCache
import Telemetry

/// Renders the metrics, with the gauges that are read when somebody looks.
struct Scrape: Sendable {
    let registry: PrometheusRegistry
    let instruments: Instruments
    let index: VectorIndex
    let encoder: Encoder

    func text() -> ByteBuffer {
        instruments.mirrorEntries.set(index.count)
        var buffer = ByteBuffer()
        registry.writeExposition(into: &buffer, process: ProcessFigures.current())
        return buffer
    }
}
