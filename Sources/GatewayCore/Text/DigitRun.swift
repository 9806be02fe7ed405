/// Digits in groups, as phones, cards and the like are written.
struct DigitRun {
    /// Behind its last digit.
    private(set) var end: Int
    private(set) var digits = 0
    /// Digits of each of the first groups.
    private var groups = InlineArray<8, Int>(repeating: 0)
    private var groupCount = 0
    private var hasDashesOnly = true
    private var startsWithPlus = false
    private var startsWithZero = false
    private var startsWithParenthesis = false
    private var checksAsCard = false

    private static let longest = 19

    /// - Parameter start: of a digit that follows no letter or digit.
    init(_ text: Span<UInt8>, from start: Int) {
        end = start
        let before: UInt8? = start > 0 ? text[start - 1] : nil
        startsWithPlus = before == UInt8(ascii: "+")
        startsWithParenthesis = before == UInt8(ascii: "(")
        startsWithZero = text[start] == UInt8(ascii: "0")
        var values = InlineArray<20, Int>(repeating: 0)
        var position = start
        var isInGroup = false
        while position < text.count, digits <= Self.longest {
            let byte = text[position]
            if PersonalShapes.isDigit(byte) {
                if !isInGroup { groupCount += 1 }
                isInGroup = true
                if groupCount <= 8 { groups[groupCount - 1] += 1 }
                if digits < 20 { values[digits] = Int(byte - UInt8(ascii: "0")) }
                digits += 1
                end = position + 1
            } else if Self.separates(byte), position - end < 2 {
                isInGroup = false
                if byte != UInt8(ascii: "-") { hasDashesOnly = false }
            } else {
                // Digits inside a word are a part of a name for something, not of a number.
                if PersonalShapes.isAlphanumeric(byte), position == end { (digits, groupCount) = (0, 0) }
                break
            }
            position += 1
        }
        if (13...19).contains(digits) { checksAsCard = Self.luhn(values, count: digits) }
    }

    var shape: PersonalShapes.Shape? {
        if checksAsCard { return .card }
        if groupCount == 3, hasDashesOnly, groups[0] == 3, groups[1] == 2, groups[2] == 4 { return .socialSecurity }
        if startsWithPlus, (8...15).contains(digits), digits > 8 || groupCount > 1 { return .phone }
        guard groupCount > 1, groupCount <= 6 else { return nil }
        if groupCount == 3, groups[0] == 3, groups[1] == 3, groups[2] == 4 { return .phone }
        return (startsWithZero || startsWithParenthesis) && (9...12).contains(digits) && groups[0] >= 3 ? .phone : nil
    }

    private static func separates(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ")"),
            UInt8(ascii: "("):
            true
        default: false
        }
    }

    /// The check digit of payment cards (ISO/IEC 7812-1, annex B); a number of zeros alone is none.
    private static func luhn(_ values: InlineArray<20, Int>, count: Int) -> Bool {
        var sum = 0
        var isZero = true
        for index in 0..<count {
            let value = values[count - 1 - index]
            if value != 0 { isZero = false }
            sum += index % 2 == 0 ? value : value > 4 ? 2 * value - 9 : 2 * value
        }
        return !isZero && sum % 10 == 0
    }
}
