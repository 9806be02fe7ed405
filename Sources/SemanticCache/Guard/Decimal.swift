/// Reads a run of digits with points and commas, exactly.
enum Decimal {
    /// More digits are no amount anybody counts in: an order number, an account.
    private static let longestPlain = 9
    private static let longestGrouped = 17

    /// The end of the run: digits, and points and commas between digits.
    static func end(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Int {
        var end = start
        while end < limit {
            if !GuardBytes.isDigit(bytes[end]) {
                guard isSeparator(bytes[end]), end + 1 < limit, GuardBytes.isDigit(bytes[end + 1]) else { break }
            }
            end += 1
        }
        return end
    }

    /// The number, or nil for a version (1.2.3), a long run of digits or one with leading zeros (an order number).
    ///
    /// The last of two kinds of separators is the decimal one. A comma before groups of three (or two and three, as in
    /// India) groups; any other comma is decimal. One point is decimal; before three digits it may group as well
    /// ("1.000" in German), so its zeros are kept: 1.000 is neither 1 nor 1000.
    static func read(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Quantity? {
        var digits = 0
        var mantissa: Int64 = 0
        var seen = Separators()
        for index in range {
            let byte = bytes[index]
            if GuardBytes.isDigit(byte) {
                digits += 1
                guard digits <= longestGrouped else { return nil }
                mantissa = mantissa * 10 + Int64(byte - 0x30)
                seen.digit()
            } else {
                seen.separator(byte)
            }
        }
        if seen.isEmpty {
            let isPadded = digits > 2 && range.first.map { bytes[$0] == 0x30 } == true
            if digits > longestPlain || isPadded { return nil }
        }
        guard let fraction = seen.fractionDigits else { return nil }
        if seen.keepsZeros {
            return Quantity(mantissa: mantissa, exponent: Int8(-fraction))
        }
        let (reduced, exponent) = Quantity.reduced(mantissa, -fraction)
        return Quantity(mantissa: reduced, exponent: Int8(exponent))
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
    }
}
