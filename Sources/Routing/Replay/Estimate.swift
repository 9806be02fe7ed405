/// A mean with how far it may be from the truth.
package struct Estimate: Sendable, Equatable {
    package private(set) var count = 0
    private var sum = 0.0
    private var squares = 0.0

    package init() {}

    package mutating func add(_ value: Double) {
        count += 1
        sum += value
        squares += value * value
    }

    /// Nil of nothing.
    package var mean: Double? { count > 0 ? sum / Double(count) : nil }

    /// Half the width of the interval that holds the truth in 95 of 100 cases, as the sum of many values is nearly
    /// normal; nil of fewer than two.
    package var margin: Double? {
        guard count > 1, let mean else { return nil }
        let variance = max(0, squares - Double(count) * mean * mean) / Double(count - 1)
        return 1.96 * (variance / Double(count)).squareRoot()
    }
}
