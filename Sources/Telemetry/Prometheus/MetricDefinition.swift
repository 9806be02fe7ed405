/// What is known of a metric before anything was measured: the one place its name, meaning and labels are written.
package struct MetricDefinition: Sendable {
    /// In Prometheus' grammar, with the unit before a counter's `_total`.
    package let name: String
    package let kind: MetricKind
    /// One sentence for the `HELP` line, with the unit where the name does not carry it.
    package let help: String
    /// Label names, in the order in which their values are given.
    package let labels: [String]
    /// Where a histogram's buckets end; nil for the other kinds.
    package let buckets: HistogramBuckets?

    private init(
        _ name: String, _ kind: MetricKind, _ help: String, _ labels: [String], _ buckets: HistogramBuckets?
    ) {
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
        self.buckets = buckets
    }

    /// A figure that only grows.
    package static func counter(_ name: String, _ help: String, labels: [String] = []) -> MetricDefinition {
        MetricDefinition(name, .counter, help, labels, nil)
    }

    /// A figure that goes up and down.
    package static func gauge(_ name: String, _ help: String, labels: [String] = []) -> MetricDefinition {
        MetricDefinition(name, .gauge, help, labels, nil)
    }

    /// A distribution.
    package static func histogram(
        _ name: String, _ help: String, labels: [String] = [], buckets: HistogramBuckets = .latency
    ) -> MetricDefinition {
        MetricDefinition(name, .histogram, help, labels, buckets)
    }
}
