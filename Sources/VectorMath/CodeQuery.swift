/// A query as whole numbers, for scoring ``CodeRows``.
package struct CodeQuery: Sendable {
    package let components: [Float]
    let norm: Double
    /// Whole numbers of 15 bits, as `high` × 128 + `low`; padded with zeros to whole cache lines.
    let high: [Int8]
    let low: [Int8]
    /// What one of them is worth.
    let unit: Double
    /// How far the query lies from its whole numbers.
    let roundingError: Double

    /// The largest whole number: 127 × 128, so that `high` fits a byte after rounding.
    private static let largest = 16_256.0

    /// Nil for a vector with components that are not finite numbers.
    package init?(_ components: [Float]) {
        guard components.allSatisfy(\.isFinite) else { return nil }
        let peak = Double(components.reduce(0) { max($0, abs($1)) })
        let unit = peak > 0 ? peak / Self.largest : 1
        let length = CodeRows.length(of: components.count)
        var high = [Int8](repeating: 0, count: length)
        var low = high
        var (square, error) = (0.0, 0.0)
        for (column, component) in components.enumerated() {
            let value = Double(component)
            let whole = (value / unit).rounded()
            let number = Int(whole)
            let upper = (number + 64) >> 7
            high[column] = Int8(clamping: upper)
            low[column] = Int8(clamping: number - upper * 128)
            square += value * value
            error += (value - whole * unit) * (value - whole * unit)
        }
        (self.components, self.high, self.low, self.unit) = (components, high, low, unit)
        self.norm = square.squareRoot()
        self.roundingError = error.squareRoot()
    }
}
