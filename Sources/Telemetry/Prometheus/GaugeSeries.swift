import CoreMetrics
import Synchronization

/// One gauge with its label values.
final class GaugeSeries: Sendable {
    /// The bit pattern of the value.
    private let bits = Atomic<UInt64>(Double.zero.bitPattern)

    init() {}

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func write(into text: inout PrometheusText) { text.write(value) }
}

extension GaugeSeries: MeterHandler, RecorderHandler {
    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

    func increment(by amount: Double) { bits.addDouble(amount) }

    func decrement(by amount: Double) { bits.addDouble(-amount) }

    /// As `set`: a recorder that does not aggregate shows its last value.
    func record(_ value: Int64) { set(value) }

    func record(_ value: Double) { set(value) }
}
