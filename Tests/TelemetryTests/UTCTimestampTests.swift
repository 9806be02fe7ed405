import Foundation
import GatewayTesting
import Testing

@testable import Telemetry

@Suite("Timestamps and numbers")
struct UTCTimestampTests {
    @Test(
        "Known moments",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (1_795_251_600_000, "2026-11-21T09:00:00.000Z"), (.max, "9999-12-31T23:59:59.999Z"),
            (.min, "0000-01-01T00:00:00.000Z"),
        ])
    func known(milliseconds: Int64, expected: String) {
        #expect(UTCTimestamp(milliseconds: milliseconds).description == expected)
    }

    @Test("Every day of four centuries and random moments agree with Foundation's calendar")
    func againstFoundation() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        // From 1 January 1800, every 7th day for 400 years; 7 and the 4-year cycle meet every day of the year.
        var moments = stride(from: Int64(-62_091), to: -62_091 + 146_100, by: 7).map { $0 * 86_400_000 }
        moments += (0..<2_000).map { _ in Int64.random(in: -5_000_000_000_000...10_000_000_000_000, using: &generator) }
        for moment in moments {
            let seconds = Int64((Double(moment) / 1_000).rounded(.down))
            let date = Date(timeIntervalSince1970: Double(seconds))
            let part = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
            let expected = String(
                format: "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", part.year ?? 0, part.month ?? 0, part.day ?? 0,
                part.hour ?? 0, part.minute ?? 0, part.second ?? 0, Int(moment - seconds * 1_000))
            #expect(UTCTimestamp(milliseconds: moment).description == expected, "\(moment), seed \(seed)")
        }
    }

    @Test("Now is what the system's clock says")
    func now() {
        let before = Int64(Date().timeIntervalSince1970 * 1_000) - 1
        let now = UTCTimestamp.now().milliseconds
        #expect((before...Int64(Date().timeIntervalSince1970 * 1_000) + 1).contains(now))
    }

    @Test(
        "Numbers have the digits asked for",
        arguments: [
            (0.0, 4, "0.0000"), (0.99996, 4, "1.0000"), (0.96875, 4, "0.9688"), (-0.00001, 4, "0.0000"),
            (-1.5, 3, "-1.500"), (12, 0, "12"), (0.05, 3, "0.050"), (1234.5678, 3, "1234.568"),
        ])
    func fixed(value: Double, digits: Int, expected: String) {
        #expect(FixedDecimal.text(value, digits: digits) == expected)
    }

    @Test("What cannot be written with digits is nothing", arguments: [Double.nan, .infinity, -.infinity, 1e300])
    func noText(value: Double) {
        #expect(FixedDecimal.text(value, digits: 3) == nil)
    }

    @Test(
        "Durations beyond what nanoseconds can count are clamped",
        arguments: [
            (Duration.seconds(Int64.max), Int64.max), (.seconds(Int64.min), .min),
            (.seconds(9_223_372_036), 9_223_372_036_000_000_000),
            (.milliseconds(-1_500), -1_500_000_000), (.nanoseconds(Int64.max), .max), (.nanoseconds(Int64.min), .min),
            (.seconds(9_223_372_037), .max), (.zero, 0),
        ])
    func clamped(duration: Duration, expected: Int64) {
        #expect(duration.nanosecondsClamped == expected)
    }
}
