import CoreMetrics

/// Handles for a definition. They go through swift-metrics, so any backend may stand behind them.
extension MetricDefinition {
    func counter(_ values: String..., on factory: any MetricsFactory) -> Counter {
        Counter(label: name, dimensions: dimensions(values), factory: factory)
    }

    /// A counter of what is not whole.
    func sum(_ values: String..., on factory: any MetricsFactory) -> FloatingPointCounter {
        FloatingPointCounter(label: name, dimensions: dimensions(values), factory: factory)
    }

    func timer(_ values: String..., on factory: any MetricsFactory) -> Timer {
        Timer(label: name, dimensions: dimensions(values), factory: factory)
    }

    func recorder(_ values: String..., on factory: any MetricsFactory) -> CoreMetrics.Recorder {
        CoreMetrics.Recorder(label: name, dimensions: dimensions(values), aggregate: true, factory: factory)
    }

    func meter(_ values: String..., on factory: any MetricsFactory) -> Meter {
        Meter(label: name, dimensions: dimensions(values), factory: factory)
    }

    private func dimensions(_ values: [String]) -> [(String, String)] {
        precondition(values.count == labels.count, "\(name) has \(labels.count) labels, not \(values.count)")
        return Array(zip(labels, values))
    }
}
