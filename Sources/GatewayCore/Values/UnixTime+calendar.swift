extension UnixTime {
    /// Reads a date and time with its offset, `2027-01-31T18:30:00Z` or `2027-01-31T18:30:00.5+01:00` (RFC 3339,
    /// section 5.6), of the years 1970 to 9999. Leap seconds count as the second before. Nil for anything else.
    package init?(timestamp text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
            let day = Self.day(bytes[0..<10]), let time = Self.secondOfDay(bytes[11..<19])
        else { return nil }
        var place = 19
        var milliseconds: Int64 = 0
        if bytes[place] == UInt8(ascii: ".") {
            let digits = bytes[(place + 1)...].prefix { Self.digits.contains($0) }
            guard !digits.isEmpty, let fraction = Self.number(Array((Array(digits) + [0x30, 0x30]).prefix(3))[...])
            else { return nil }
            milliseconds = fraction
            place += 1 + digits.count
        }
        guard let offset = Self.offset(bytes[place...]) else { return nil }
        self.init(milliseconds: ((day * 86_400 + time - offset) * 1000) + milliseconds)
    }

    /// Reads a date, `2027-01-31`, as the moment in which it begins in UTC. Nil for anything else.
    package init?(date text: String) {
        let bytes = Array(text.utf8)
        guard let day = Self.day(bytes[...]) else { return nil }
        self.init(milliseconds: day * 86_400_000)
    }

    private static let digits: ClosedRange<UInt8> = UInt8(ascii: "0")...UInt8(ascii: "9")

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard bytes.allSatisfy({ digits.contains($0) }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    /// Days since 1970. Years are counted from March, so that the leap day comes last: of each 400 years, 146,097 days.
    private static func day(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let start = bytes.startIndex
        guard bytes.count == 10, bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
            let year = number(bytes[start..<(start + 4)]), let month = number(bytes[(start + 5)..<(start + 7)]),
            let day = number(bytes[(start + 8)..<(start + 10)]), (1970...9999).contains(year),
            (1...12).contains(month), (1...length(of: month, in: year)).contains(day)
        else { return nil }
        let years = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return years * 365 + years / 4 - years / 100 + years / 400 + dayOfYear - 719_468
    }

    private static func length(of month: Int64, in year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func secondOfDay(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let start = bytes.startIndex
        guard bytes[start + 2] == UInt8(ascii: ":"), bytes[start + 5] == UInt8(ascii: ":"),
            let hour = number(bytes[start..<(start + 2)]), let minute = number(bytes[(start + 3)..<(start + 5)]),
            let second = number(bytes[(start + 6)...]), hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + min(second, 59)
    }

    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let start = bytes.startIndex
        if bytes.count == 1 { return bytes[start] | 0x20 == UInt8(ascii: "z") ? 0 : nil }
        guard bytes.count == 6, bytes[start + 3] == UInt8(ascii: ":"),
            let hours = number(bytes[(start + 1)..<(start + 3)]), let minutes = number(bytes[(start + 4)...]),
            hours < 24, minutes < 60
        else { return nil }
        let offset = hours * 3600 + minutes * 60
        switch bytes[start] {
        case UInt8(ascii: "+"): return offset
        case UInt8(ascii: "-"): return -offset
        default: return nil
        }
    }
}
