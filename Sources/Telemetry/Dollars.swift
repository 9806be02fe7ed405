/// Writes amounts of money.
enum Dollars {
    /// Billionths of a dollar as dollars, exactly: at least two digits behind the point and no zeros at the end beyond
    /// them. Nil for what no request costs: less than nothing, or a million dollars and more.
    static func text(nanodollars: Int) -> String? {
        guard isCredible(nanodollars) else { return nil }
        let (whole, rest) = nanodollars.quotientAndRemainder(dividingBy: 1_000_000_000)
        // A one before the fraction keeps its leading zeros, and is then left out.
        var digits = Array(String(rest + 1_000_000_000).utf8.dropFirst())
        while digits.count > 2, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return "\(whole).\(String(decoding: digits, as: UTF8.self))"
    }

    /// For a counter; nil for what no request costs.
    static func amount(nanodollars: Int) -> Double? {
        isCredible(nanodollars) ? Double(nanodollars) / 1e9 : nil
    }

    private static func isCredible(_ nanodollars: Int) -> Bool { (0..<1_000_000_000_000_000).contains(nanodollars) }
}
