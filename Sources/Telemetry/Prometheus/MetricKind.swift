/// What a metric is to Prometheus. The raw value is what the `TYPE` line says.
package enum MetricKind: String, Sendable {
    case counter
    case gauge
    case histogram
}
