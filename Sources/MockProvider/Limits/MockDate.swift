/// A second of the calendar, in UTC.
struct MockDate: Sendable, Equatable {
    private let year: Int
    private let month: Int
    private let day: Int
    private let weekday: Int
    private let clock: String

    /// - Parameter seconds: since 1970.
    init(seconds: Int) {
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let rest = seconds - days * 86_400
        // 1 January 1970 was a Thursday.
        weekday = ((days + 4) % 7 + 7) % 7
        // Days to a date of the Gregorian calendar, by eras of 400 years that begin in March (Howard Hinnant, "chrono-
        // compatible low-level date algorithms").
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * ofYear + 2) / 153
        day = ofYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        clock = [rest / 3600, rest / 60 % 60, rest % 60].map(Self.two).joined(separator: ":")
    }

    /// RFC 3339: `1994-11-06T08:49:37Z`.
    var internet: String {
        "\(year)-\(Self.two(month))-\(Self.two(day))T\(clock)Z"
    }

    /// RFC 9110, section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
    var http: String {
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(weekdays[weekday]), \(Self.two(day)) \(months[month - 1]) \(year) \(clock) GMT"
    }

    /// ISO 8601's basic form, with which requests to Amazon are signed: `19941106T084937Z`.
    var basic: String {
        "\(year)\(Self.two(month))\(Self.two(day))T\(clock.filter { $0 != ":" })Z"
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
