package import NIOCore

/// Writes metrics in Prometheus' text exposition format, version 0.0.4
/// (prometheus.io/docs/instrumenting/exposition_formats).
package struct PrometheusText {
    /// The value of the answer's `Content-Type`.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package private(set) var buffer: ByteBuffer

    package init(buffer: ByteBuffer) { self.buffer = buffer }

    mutating func write(_ family: ExposedFamily) {
        if !family.help.isEmpty {
            buffer.writeString("# HELP \(family.name) \(PrometheusName.escapedHelp(family.help))\n")
        }
        buffer.writeString("# TYPE \(family.name) \(family.kind.rawValue)\n")
        for (labels, value) in family.values {
            switch value {
            case .series(.histogram(let histogram)): write(histogram, family.name, labels)
            case .series(.counter(let counter)): line(family.name, labels) { counter.write(into: &$0) }
            case .series(.gauge(let gauge)): line(family.name, labels) { gauge.write(into: &$0) }
            case .whole(let number): line(family.name, labels) { $0.write(number) }
            case .real(let number): line(family.name, labels) { $0.write(number) }
            }
        }
    }

    mutating func write(_ number: Int) { buffer.writeString(String(number)) }

    /// The shortest text that reads back as the same number.
    mutating func write(_ number: Double) { buffer.writeString(Self.text(number)) }

    private mutating func write(_ histogram: HistogramSeries, _ name: String, _ labels: String) {
        let counts = histogram.cumulativeCounts()
        let bounds = histogram.buckets.bounds.map(Self.text) + ["+Inf"]
        let prefix = labels.isEmpty ? "" : labels + ","
        for (bound, count) in zip(bounds, counts) {
            line("\(name)_bucket", "\(prefix)le=\"\(bound)\"") { $0.write(count) }
        }
        line("\(name)_sum", labels) { $0.write(histogram.total) }
        line("\(name)_count", labels) { $0.write(counts.last ?? 0) }
    }

    private mutating func line(_ name: String, _ labels: String, value: (inout PrometheusText) -> Void) {
        buffer.writeString(name)
        if !labels.isEmpty { buffer.writeString("{\(labels)}") }
        buffer.writeString(" ")
        value(&self)
        buffer.writeString("\n")
    }

    private static func text(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        if let whole = Int(exactly: number), whole.magnitude < 1 << 53 { return String(whole) }
        return number.description
    }
}
