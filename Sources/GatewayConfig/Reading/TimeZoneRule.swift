import GatewayCore
import Routing

/// When clocks are put forward and back in every year, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`. Pure.
struct TimeZoneRule {
    private enum Day {
        /// The week is 5 for the last one; weekdays count from Sunday.
        case inMonth(Int, week: Int, weekday: Int)
        /// From 1, never counting the 29th of February.
        case julian(Int)
        /// From 0, counting all days.
        case ofYear(Int)
    }

    private typealias Change = (day: Day, second: Int)

    private let standard: Int
    private var summer: (offset: Int, begin: Change, end: Change)?

    /// Nil for what is no rule.
    init?(_ text: String) {
        var rest = Substring(text)
        guard Self.skipName(&rest), let west = Self.time(&rest) else { return nil }
        standard = -west
        if rest.isEmpty { return }
        guard Self.skipName(&rest) else { return nil }
        var offset = standard + 3_600
        if let next = rest.first, next != "," {
            guard let west = Self.time(&rest) else { return nil }
            offset = -west
        }
        guard let begin = Self.change(&rest), let end = Self.change(&rest), rest.isEmpty else { return nil }
        summer = (offset, begin, end)
    }

    /// In the order of time.
    func shifts(in year: Int) -> [DayZone.Shift] {
        guard let summer, let begin = Self.second(of: summer.begin, in: year),
            let end = Self.second(of: summer.end, in: year)
        else { return [] }
        // Each is told by the clocks in front of it.
        return [
            DayZone.Shift(start: begin - Int64(standard), offset: summer.offset),
            DayZone.Shift(start: end - Int64(summer.offset), offset: standard),
        ].sorted { $0.start < $1.start }
    }

    private static func second(of change: Change, in year: Int) -> Int64? {
        guard let newYear = firstDay(of: 1, in: year), let next = firstDay(of: 1, in: year + 1) else { return nil }
        let day: Int64
        switch change.day {
        case .ofYear(let number): day = newYear + Int64(number)
        case .julian(let number): day = newYear + Int64(number) - (number >= 60 && next - newYear == 366 ? 0 : 1)
        case .inMonth(let month, let week, let weekday):
            guard let first = firstDay(of: month, in: year),
                let end = month == 12 ? next : firstDay(of: month + 1, in: year)
            else { return nil }
            // The first of January 1970 was a Thursday.
            var found = first + (Int64(weekday) - (first + 4) % 7 + 7) % 7 + Int64(week - 1) * 7
            while found >= end { found -= 7 }
            day = found
        }
        return day * 86_400 + Int64(change.second)
    }

    /// Since 1970.
    private static func firstDay(of month: Int, in year: Int) -> Int64? {
        UnixTime(date: "\(year)-\(month < 10 ? "0" : "")\(month)-01").map { $0.milliseconds / 86_400_000 }
    }

    private static func skipName(_ rest: inout Substring) -> Bool {
        if rest.first == "<" {
            guard let end = rest.firstIndex(of: ">") else { return false }
            rest = rest[rest.index(after: end)...]
            return true
        }
        let name = rest.prefix { $0.isASCII && $0.isLetter }
        rest = rest.dropFirst(name.count)
        return name.count >= 3
    }

    /// `,M3.5.0/2`, `,J60` or `,59`; at two o'clock where no time is said.
    private static func change(_ rest: inout Substring) -> Change? {
        guard rest.first == "," else { return nil }
        rest.removeFirst()
        let day: Day
        switch rest.first {
        case "M":
            rest.removeFirst()
            guard let month = number(&rest, 1...12), skip(".", &rest), let week = number(&rest, 1...5),
                skip(".", &rest), let weekday = number(&rest, 0...6)
            else { return nil }
            day = .inMonth(month, week: week, weekday: weekday)
        case "J":
            rest.removeFirst()
            guard let number = number(&rest, 1...365) else { return nil }
            day = .julian(number)
        default:
            guard let number = number(&rest, 0...365) else { return nil }
            day = .ofYear(number)
        }
        if rest.first != "/" { return (day, 7_200) }
        rest.removeFirst()
        return time(&rest).map { (day, $0) }
    }

    /// Hours, minutes and seconds, with a sign; hours may exceed a day (RFC 9636, section 3.3.1).
    private static func time(_ rest: inout Substring) -> Int? {
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest.removeFirst() }
        guard var seconds = number(&rest, 0...167).map({ $0 * 3_600 }) else { return nil }
        for unit in [60, 1] where rest.first == ":" {
            rest.removeFirst()
            guard let part = number(&rest, 0...59) else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }

    private static func skip(_ mark: Character, _ rest: inout Substring) -> Bool {
        guard rest.first == mark else { return false }
        rest.removeFirst()
        return true
    }

    private static func number(_ rest: inout Substring, _ range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= 3, let number = Int(digits), range.contains(number) else { return nil }
        rest = rest.dropFirst(digits.count)
        return number
    }
}
