import GatewayCore
import NIOCore

/// The `Date` field (RFC 9110, section 6.6.1), written anew once a second. One per connection.
struct HTTPDate {
    /// `date: …` with its line end.
    private(set) var line = ByteBuffer()
    private var second: Int64 = -1

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Brings the line up to date.
    mutating func refresh() {
        let now = UnixTime.now().milliseconds / 1000
        guard now != second else { return }
        second = now
        line.clear()
        line.writeString("date: \(Self.text(secondsSince1970: max(now, 0)))\r\n")
    }

    /// The fixed form of RFC 9110, section 5.6.7. The calendar is counted from 1 March of year 0, so that the day
    /// that leap years add is a year's last.
    /// - Parameter seconds: not negative.
    static func text(secondsSince1970 seconds: Int64) -> String {
        let (day, time) = (seconds / 86_400, seconds % 86_400)
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = (monthFromMarch + 2) % 12
        let year = era * 400 + yearOfEra + (month < 2 ? 1 : 0)
        let date = "\(days[Int((day + 4) % 7)]), \(two(dayOfMonth)) \(months[Int(month)]) \(year)"
        return "\(date) \(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60)) GMT"
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
