/// Numbers for people.
enum Decimal {
    /// With a fixed number of digits behind the point; `?` for what is no number.
    static func text(_ value: Double, digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
        guard value.isFinite, abs(value * scale) < 1e15 else { return "?" }
        let scaled = Int((abs(value) * scale).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(scaled)" }
        let text = String(scaled)
        let whole = String(repeating: "0", count: max(0, digits + 1 - text.utf8.count)) + text
        return "\(sign)\(whole.dropLast(digits)).\(whole.suffix(digits))"
    }
}
