/// Writes the numbers of reports: the same on every machine, and `–` for what is not known.
enum ReportNumber {
    static let unknown = "–"

    /// With a fixed number of digits behind the point; unknown when it is not finite or too large.
    static func fixed(_ value: Double, digits: Int) -> String {
        let scale = (0..<max(digits, 0)).reduce(1.0) { product, _ in product * 10 }
        let scaled = (value * scale).rounded()
        guard scaled.magnitude < 9e15 else { return unknown }
        let whole = Int(scaled)
        guard digits > 0 else { return "\(whole)" }
        let text = String(whole.magnitude)
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.utf8.count)) + text
        return "\(whole < 0 ? "-" : "")\(padded.dropLast(digits)).\(padded.suffix(digits))"
    }

    /// A share as per cent, with more digits the smaller it is.
    static func percent(_ share: Double) -> String {
        let percent = share * 100
        return fixed(percent, digits: percent.magnitude < 1 ? 2 : 1)
    }

    /// Billionths of a dollar.
    static func dollars(_ amount: Int) -> String {
        let dollars = Double(amount) / 1e9
        return fixed(dollars, digits: dollars.magnitude < 1 && amount != 0 ? 4 : 2)
    }

    /// A whole number with thin commas.
    static func count(_ value: Int) -> String {
        var digits = Array(String(value.magnitude))
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
        return (value < 0 ? "-" : "") + String(digits)
    }
}
