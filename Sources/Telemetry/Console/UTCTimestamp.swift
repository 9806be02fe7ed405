#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A moment as log lines show it: `2026-11-21T09:00:00.000Z` (RFC 3339), without a calendar library.
struct UTCTimestamp: CustomStringConvertible, Sendable {
    /// Since 1970.
    let milliseconds: Int64

    /// - Parameter milliseconds: since 1970. Clamped to the years 0000 to 9999.
    init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
    }

    /// The system's clock, now.
    static func now() -> UTCTimestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return UTCTimestamp(milliseconds: Int64(time.tv_sec) &* 1_000 &+ Int64(time.tv_nsec) / 1_000_000)
    }

    var description: String {
        let (days, time) = Self.floorDivide(milliseconds, 86_400_000)
        let (year, month, day) = Self.date(days: days)
        let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
        let hour = Self.padded(time / 3_600_000, 2)
        let minute = Self.padded(time / 60_000 % 60, 2)
        let second = Self.padded(time / 1_000 % 60, 2)
        return "\(date)T\(hour):\(minute):\(second).\(Self.padded(time % 1_000, 3))Z"
    }

    /// The Gregorian date `days` after 1 January 1970. Years are taken to begin in March, so that the leap day is a
    /// year's last; an era is the 146,097 days of 400 years (after Howard Hinnant, "chrono-compatible low-level date
    /// algorithms", `civil_from_days`).
    private static func date(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
}
