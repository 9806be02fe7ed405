import CoreMetrics
import Synchronization

/// One counter with its label values. Adding a whole number is one relaxed atomic addition.
final class CounterSeries: Sendable {
    private let whole = Atomic<Int>(0)
    /// The bit pattern of what floating-point increments added up to.
    private let fraction = Atomic<UInt64>(Double.zero.bitPattern)

    init() {}

    var value: Double { Double(whole.load(ordering: .relaxed)) + fractionValue }

    /// As an integer, unless fractions were added: doubles stop counting by one at 2^53.
    func write(into text: inout PrometheusText) {
        if fractionValue == 0 { text.write(whole.load(ordering: .relaxed)) } else { text.write(value) }
    }

    private var fractionValue: Double { Double(bitPattern: fraction.load(ordering: .relaxed)) }
}

extension CounterSeries: CounterHandler, FloatingPointCounterHandler {
    /// Adds `amount`. Negative amounts are ignored: to Prometheus a falling counter is a restart.
    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        whole.wrappingAdd(Int(amount), ordering: .relaxed)
    }

    /// Adds `amount`. Negative amounts and those that are no numbers are ignored.
    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        fraction.addDouble(amount)
    }

    func reset() {
        whole.store(0, ordering: .relaxed)
        fraction.store(Double.zero.bitPattern, ordering: .relaxed)
    }
}
