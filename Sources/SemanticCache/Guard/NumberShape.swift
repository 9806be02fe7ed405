/// Reads numbers that are written in digits, with what is glued to them: signs, separators, currencies, units,
/// ranges and times of the day.
enum NumberShape {
    struct Piece {
        var quantities: [Quantity]
        var end: Int
    }

    /// The number that starts at `index`, or nil: no number, or digits that are part of an identifier. `start` is where
    /// the chunk starts: a minus counts as a sign only there or behind a currency.
    static func read(_ bytes: Span<UInt8>, from index: Int, limit: Int, start: Int) -> Piece? {
        var cursor = index
        var unit = QuantityUnit.none
        var isNegative = false
        if cursor == start, let prefix = currencyWord(bytes, from: cursor, limit: limit) {
            unit = prefix.unit
            cursor = prefix.end
        }
        if cursor < limit, cursor == start || unit != .none, isSign(bytes, cursor, limit) {
            isNegative = bytes[cursor] == UInt8(ascii: "-")
            cursor += 1
        }
        if cursor < limit, GuardBytes.isCurrency(bytes[cursor]) {
            unit = WordShape.token(bytes, cursor..<(cursor + 1)).0.role.unit
            cursor += 1
            if cursor < limit, isSign(bytes, cursor, limit) {
                isNegative = bytes[cursor] == UInt8(ascii: "-")
                cursor += 1
            }
        }
        guard cursor < limit, startsNumber(bytes, cursor, limit) else { return nil }
        guard var piece = amount(bytes, from: cursor, limit: limit) else { return nil }
        for position in piece.quantities.indices {
            if unit != .none, piece.quantities[position].unit == .none { piece.quantities[position].unit = unit }
        }
        if isNegative, let first = piece.quantities.first { piece.quantities[0].mantissa = -first.mantissa }
        return piece
    }

    private static func isSign(_ bytes: Span<UInt8>, _ index: Int, _ limit: Int) -> Bool {
        guard bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+"), index + 1 < limit else {
            return false
        }
        return startsNumber(bytes, index + 1, limit) || GuardBytes.isCurrency(bytes[index + 1])
    }

    private static func startsNumber(_ bytes: Span<UInt8>, _ index: Int, _ limit: Int) -> Bool {
        if GuardBytes.isDigit(bytes[index]) { return true }
        return bytes[index] == UInt8(ascii: ".") && index + 1 < limit && GuardBytes.isDigit(bytes[index + 1])
    }

    /// "Rs.500", "Rs-500", "usd20": letters that name a currency, a stop or hyphen if any, and then a digit.
    private static func currencyWord(
        _ bytes: Span<UInt8>, from start: Int, limit: Int
    ) -> (unit: QuantityUnit, end: Int)? {
        var end = start
        while end < limit, GuardBytes.isASCIILetter(bytes[end]), end - start < 4 {
            end += 1
        }
        guard end - start >= 2, end < limit else { return nil }
        let unit = WordShape.token(bytes, start..<end).0.role.unit
        if bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: "-") { end += 1 }
        guard end < limit, GuardBytes.isDigit(bytes[end]), unit.isCurrency else { return nil }
        return (unit, end)
    }

    private static func amount(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Piece? {
        let end = Decimal.end(bytes, from: start, limit: limit)
        guard let first = Decimal.read(bytes, start..<end) else { return nil }
        guard end < limit else { return Piece(quantities: [first], end: end) }
        let next = bytes[end]
        let hasDigit = end + 1 < limit && GuardBytes.isDigit(bytes[end + 1])
        switch next {
        case UInt8(ascii: ":") where hasDigit: return ClockTime.read(bytes, start..<end, limit: limit)
        case UInt8(ascii: "-") where hasDigit: return range(bytes, first, from: end + 1, limit: limit)
        case UInt8(ascii: "/") where hasDigit, UInt8(ascii: "*") where hasDigit, UInt8(ascii: "+") where hasDigit,
            UInt8(ascii: "^") where hasDigit, UInt8(ascii: "=") where hasDigit, UInt8(ascii: "_"):
            return nil
        default: return suffixed(bytes, [first], from: end, limit: limit)
        }
    }

    /// Two numbers with a hyphen. Upwards it is a range, "2016-17" a range of years; downwards a subtraction. Three and
    /// more are a date or a telephone number, thus an identifier.
    private static func range(_ bytes: Span<UInt8>, _ first: Quantity, from start: Int, limit: Int) -> Piece? {
        let end = Decimal.end(bytes, from: start, limit: limit)
        guard var second = Decimal.read(bytes, start..<end) else { return nil }
        if end + 1 < limit, bytes[end] == UInt8(ascii: "-"), GuardBytes.isDigit(bytes[end + 1]) { return nil }
        let year = first.plainInteger
        if let year, year >= 1_900, year < 2_100, end - start == 2, let short = second.plainInteger {
            (second.mantissa, second.exponent) = Quantity.reducedInteger(year - year % 100 + short)
        } else if let year, let other = second.plainInteger, year > other {
            second.mantissa = -second.mantissa
        }
        return suffixed(bytes, [first, second], from: end, limit: limit)
    }

    /// Takes a unit, a multiplier or an ordinal's ending that is glued to the number. Unknown letters: no number.
    private static func suffixed(_ bytes: Span<UInt8>, _ quantities: [Quantity], from start: Int, limit: Int) -> Piece?
    {
        var piece = Piece(quantities: quantities, end: start)
        guard start < limit else { return piece }
        let next = bytes[start]
        if GuardBytes.isCurrency(next) || next == UInt8(ascii: "%") {
            piece.setUnit(WordShape.token(bytes, start..<(start + 1)).0.role.unit)
            piece.end = start + 1
            return piece
        }
        guard GuardBytes.isASCIILetter(next) else { return piece }
        var end = start
        while end < limit, GuardBytes.isLetter(bytes[end]) {
            end += 1
        }
        if end < limit, GuardBytes.isDigit(bytes[end]) || bytes[end] == UInt8(ascii: "_") { return nil }
        let (token, digest) = WordShape.token(bytes, start..<end)
        if let power = NumberSuffix.powers[digest] {
            piece.scale(by: power)
        } else if token.role.unit == .clock {
            guard let time = ClockTime.onHour(quantities, isEvening: GuardBytes.lowered(next) == UInt8(ascii: "p"))
            else { return nil }
            piece.quantities = time
        } else if token.role.unit != .none {
            piece.setUnit(token.role.unit)
        } else if !NumberSuffix.ignored.contains(digest) {
            return nil
        }
        piece.end = end
        return piece
    }
}
