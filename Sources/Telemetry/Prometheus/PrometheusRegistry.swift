import NIOConcurrencyHelpers
package import NIOCore

/// The metrics of this process, kept for Prometheus to fetch: a swift-metrics backend.
///
/// Making a handle takes a lock and renders the label text; recording takes neither. Series live as long as the
/// process: a handle that goes away must not take back what it counted, and another may stand for the same series.
package final class PrometheusRegistry: Sendable {
    private let state: NIOLockedValueBox<State>

    /// - Parameters:
    ///   - definitions: help and buckets of the names known beforehand.
    ///   - seriesLimit: label sets per name. What comes beyond shares one series with the label `overflow="true"`.
    ///   - nameLimit: metric names. What comes beyond can be recorded but is not shown.
    package init(
        definitions: [MetricDefinition] = Instruments.definitions, seriesLimit: Int = 1_000, nameLimit: Int = 1_000
    ) {
        state = NIOLockedValueBox(
            State(definitions: definitions, seriesLimit: seriesLimit, nameLimit: nameLimit))
    }

    /// Appends all that was recorded, and what the registry knows of itself, in text format 0.0.4: families by name,
    /// series by label text. Series are copied out under the lock and rendered outside.
    /// - Parameter process: this process's own figures, when they are to be shown too.
    package func writeExposition(into buffer: inout ByteBuffer, process: ProcessFigures? = nil) {
        let (families, refusedNames) = state.withLockedValue { ($0.families, $0.refusedNames) }
        var all = families.values.map(ExposedFamily.init)
        all.append(.refusals(of: Array(families.values), names: refusedNames))
        all.append(contentsOf: process?.families ?? [])
        var text = PrometheusText(buffer: buffer)
        for family in all.sorted(by: { $0.name < $1.name }) { text.write(family) }
        buffer = text.buffer
    }

    func series(
        _ label: String, _ kind: MetricKind, _ dimensions: [(String, String)], buckets: HistogramBuckets = .decades
    ) -> PrometheusFamily.Series {
        let name = PrometheusName.metric(label)
        let labels = PrometheusName.rendered(dimensions)
        return state.withLockedValue { $0.series(name, kind, labels: labels, buckets: buckets) }
    }
}
