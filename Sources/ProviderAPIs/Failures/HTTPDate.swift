/// The three spellings of a date in HTTP (RFC 9110, section 5.6.7).
enum HTTPDate {
    /// Nil for anything that is no date.
    static func secondsSince1970(_ text: String) -> Int64? {
        let words = text.split { $0 == " " || $0 == "-" || $0 == "," }.map(String.init)
        // Sun, 06 Nov 1994 08:49:37 GMT / Sunday, 06-Nov-94 08:49:37 GMT
        if words.count == 6, words[5] == "GMT" {
            return seconds(day: words[1], month: words[2], year: words[3], clock: words[4])
        }
        // Sun Nov  6 08:49:37 1994
        if words.count == 5 {
            return seconds(day: words[2], month: words[1], year: words[4], clock: words[3])
        }
        return nil
    }

    private static func seconds(day: String, month: String, year: String, clock: String) -> Int64? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = clock.split(separator: ":").map { number($0, digits: 2...2) }
        guard let day = number(day[...], digits: 1...2), (1...31).contains(day),
            let month = months.firstIndex(of: month), var year = number(year[...], digits: 2...4),
            parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
            hour < 24, minute < 60, second <= 60
        else { return nil }
        // Two digits: no wait is long enough to tell the centuries apart.
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        guard year >= 1970 else { return nil }
        let days = days(year: year, month: month + 1, day: day)
        return Int64(days * 86_400 + hour * 3600 + minute * 60 + second)
    }

    /// Days from 1970-01-01 in the Gregorian calendar, counting years from March so that the leap day is the last
    /// (after Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }

    private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else {
            return nil
        }
        return Int(text)
    }
}
