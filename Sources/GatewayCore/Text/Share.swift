/// Shares as people write them: `1%`, `0.25%`.
package enum Share {
    private static let digits = 9

    /// A share above nothing, up to a half; nil for anything else.
    /// - Parameter text: decimal digits, with a fraction if need be, and a per cent sign behind them.
    package static func percent(_ text: String) -> Double? {
        guard text.utf8.last == UInt8(ascii: "%"), text.utf8.count <= digits else { return nil }
        let number = text.utf8.dropLast()
        guard let first = number.first, (0x30...0x39).contains(first),
            number.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
            let value = Double(String(text.dropLast())), value > 0, value <= 50
        else { return nil }
        return value / 100
    }
}
