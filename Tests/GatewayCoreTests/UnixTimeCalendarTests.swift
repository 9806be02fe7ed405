import Foundation
import GatewayCore
import GatewayTesting
import Testing

@Suite("Dates and times as people write them")
struct UnixTimeCalendarTests {
    @Test("A time is what Foundation says it is", arguments: [
        "1970-01-01T00:00:00Z", "2000-02-29T23:59:59Z", "2027-01-31T18:30:00+01:00", "2027-12-31T00:15:00-23:59",
        "2100-03-01T00:00:00Z", "9999-12-31T23:59:59Z", "2024-02-29t12:00:00z",
    ])
    func known(text: String) throws {
        let formatter = ISO8601DateFormatter()
        let date = try #require(formatter.date(from: text.uppercased()))
        #expect(UnixTime(timestamp: text)?.milliseconds == Int64(date.timeIntervalSince1970) * 1000)
    }

    @Test("Every day of 1970 to 2400 comes a day behind the one before")
    func days() throws {
        var expected: Int64 = 0
        for year in 1970...2400 {
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                for day in 1...length {
                    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
                    let text = "\(year)-\(two(month + 1))-\(two(day))"
                    try #require(UnixTime(date: text)?.milliseconds == expected, "\(text)")
                    expected += 86_400_000
                }
            }
        }
    }

    @Test("Fractions count to the millisecond, a leap second as the one before")
    func fractions() {
        let base = UnixTime(timestamp: "2027-01-31T18:30:59Z")?.milliseconds ?? 0
        #expect(UnixTime(timestamp: "2027-01-31T18:30:59.5Z")?.milliseconds == base + 500)
        #expect(UnixTime(timestamp: "2027-01-31T18:30:59.123456789Z")?.milliseconds == base + 123)
        #expect(UnixTime(timestamp: "2027-01-31T18:30:60Z")?.milliseconds == base)
    }

    @Test("What is no date or time is refused", arguments: [
        "", "2027", "2027-02-29", "2027-13-01", "2027-00-10", "2027-01-32", "27-01-31", "1969-12-31", "2027/01/31",
        "2027-01-31 ", "2027-01-31T18:30:00", "2027-01-31T24:00:00Z", "2027-01-31T18:60:00Z", "2027-01-31T18:30:61Z",
        "2027-01-31T18:30:00.Z", "2027-01-31T18:30:00+1:00", "2027-01-31T18:30:00*01:00", "2027-01-31T18:30:00Zx",
        "2027-01-31 18:30:00Z", "tomorrow", "２０２７-01-31",
    ])
    func refused(text: String) {
        #expect(UnixTime(timestamp: text) == nil)
        #expect(UnixTime(date: text) == nil)
    }

    @Test("No text of any bytes traps")
    func random() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let letters = Array("0123456789-:.TZ+tz é")
        for _ in 0..<20_000 {
            var text = Array("2027-01-31T18:30:00.5+01:00")
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                text[Int.random(in: text.indices, using: &generator)] = letters.randomElement(using: &generator) ?? " "
            }
            let cut = String(text.prefix(Int.random(in: 0...27, using: &generator)))
            _ = UnixTime(timestamp: cut)
            _ = UnixTime(date: cut)
        }
    }
}
