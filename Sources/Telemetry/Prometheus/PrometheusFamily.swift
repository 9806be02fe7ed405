/// All series of one metric name.
struct PrometheusFamily: Sendable {
    /// One line of values, of the family's kind.
    enum Series: Sendable {
        case counter(CounterSeries)
        case gauge(GaugeSeries)
        case histogram(HistogramSeries)
    }

    let name: String
    let kind: MetricKind
    /// Empty when nothing is known of the metric.
    let help: String
    let buckets: HistogramBuckets
    /// By rendered label text.
    private(set) var series: [String: Series] = [:]
    /// How many series were asked for and not made, because the family is full.
    private(set) var refused = 0

    /// The label text of the series that stands for all that found no room.
    static let overflowLabels = "overflow=\"true\""

    /// The series with these labels, made at first use; the overflow series when there are `limit` others.
    mutating func series(labels: String, limit: Int) -> Series {
        if let known = series[labels] { return known }
        guard series.count >= limit else { return insert(labels) }
        refused = min(refused, .max - 1) + 1
        return series[Self.overflowLabels] ?? insert(Self.overflowLabels)
    }

    private mutating func insert(_ labels: String) -> Series {
        let fresh = makeSeries()
        series[labels] = fresh
        return fresh
    }

    /// A series of this kind that belongs to no family.
    func makeSeries() -> Series {
        switch kind {
        case .counter: .counter(CounterSeries())
        case .gauge: .gauge(GaugeSeries())
        case .histogram: .histogram(HistogramSeries(buckets: buckets))
        }
    }
}
