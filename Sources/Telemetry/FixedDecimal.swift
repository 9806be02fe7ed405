/// Writes numbers with a fixed number of digits behind the point, the point always being a point.
enum FixedDecimal {
    /// `value` rounded to `digits` (0 to 9) places, half away from zero; nil when it is not finite or its digits would
    /// not fit 2^53.
    static func text(_ value: Double, digits: Int) -> String? {
        precondition((0...9).contains(digits), "0 to 9 digits, not \(digits)")
        let scale = (0..<digits).reduce(1) { product, _ in product * 10 }
        let scaled = (value * Double(scale)).rounded()
        guard scaled.magnitude < 9_007_199_254_740_992 else { return nil }
        let whole = Int(scaled)
        let sign = whole < 0 ? "-" : ""
        let magnitude = abs(whole)
        guard digits > 0 else { return "\(sign)\(magnitude)" }
        // A one before the fraction keeps its leading zeros, and is then left out.
        let fraction = String(magnitude % scale + scale).utf8.dropFirst()
        return sign + String(magnitude / scale) + "." + String(Substring(fraction))
    }
}
