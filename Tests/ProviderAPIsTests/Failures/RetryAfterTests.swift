import NIOCore
import ProviderAPIs
import Testing

@Suite("Retry-After")
struct RetryAfterTests {
    /// 1994-11-06 08:49:37 UTC, the date of RFC 9110's examples (`date -u -d … +%s`).
    static let rfcDate: Int64 = 784_111_777

    static let table: [(name: String, value: String, wait: Duration?)] = [
        ("retry-after", "0", .zero), ("Retry-After", "20", .seconds(20)), ("RETRY-AFTER", " 7\t", .seconds(7)),
        ("retry-after", "1.5", .milliseconds(1500)), ("retry-after", "0.0000001", .zero),
        ("retry-after", "3600", .seconds(3600)), ("retry-after", "3601", .seconds(3600)),
        ("retry-after", "99999999999999999999999999", .seconds(3600)),
        ("retry-after", String(repeating: "9", count: 400), .seconds(3600)),
        ("retry-after", "-1", nil), ("retry-after", "inf", nil), ("retry-after", "nan", nil),
        ("retry-after", "0x10", nil), ("retry-after", "1e3", nil), ("retry-after", "", nil), ("retry-after", ".", nil),
        ("retry-after", "1.2.3", nil), ("retry-after", "soon", nil), ("retry-after", "+5", nil),
        ("retry-after-ms", "250", .milliseconds(250)), ("Retry-After-Ms", "7200000", .seconds(3600)),
        ("retry-after-ms", "-5", nil), ("x-retry-after", "5", nil),
        ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT", .seconds(30)),
        ("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT", .seconds(30)),
        ("retry-after", "Sun Nov  6 08:49:37 1994", .seconds(30)),
        ("retry-after", "Sun, 06 Nov 1994 08:49:06 GMT", .zero),
        ("retry-after", "Sun, 06 Nov 1994 09:49:07 GMT", .seconds(3600)),
        ("retry-after", "Fri, 31 Dec 9999 23:59:60 GMT", .seconds(3600)),
        ("retry-after", "Sun, 06 Nov 1994 24:00:00 GMT", nil), ("retry-after", "Sun, 32 Nov 1994 08:49:37 GMT", nil),
        ("retry-after", "Sun, 06 Nix 1994 08:49:37 GMT", nil), ("retry-after", "Sun, 06 Nov 1994 08:49 GMT", nil),
        ("retry-after", "Sun, 06 Nov 1994 8:49:37 GMT", nil), ("retry-after", "Sun, 06 Nov 1994 08:49:37 CET", nil),
        ("retry-after", "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", nil),
        ("retry-after", "Sun, 06 Nov 1969 08:49:37 GMT", nil), ("retry-after", ", , , , ,", nil),
    ]

    @Test("Seconds, milliseconds and all three dates are read; nonsense is not; an hour is the most", arguments: table)
    func read(name: String, value: String, wait: Duration?) {
        let failure = ProviderFailure.classify(
            status: 429, headers: [("content-type", "text/plain"), (name, value)], body: nil, now: Self.rfcDate - 30)
        #expect(failure.retryAfter == wait)
    }

    @Test("Milliseconds are believed over seconds, and seconds over unreadable milliseconds")
    func precedence() {
        func wait(_ milliseconds: String) -> Duration? {
            ProviderFailure.classify(
                status: 503, headers: [("retry-after", "9"), ("retry-after-ms", milliseconds)], body: nil, now: 0
            ).retryAfter
        }
        #expect(wait("100") == .milliseconds(100))
        #expect(wait("many") == .seconds(9))
    }

    @Test("Days around leap years and ends of months fall on the right second", arguments: [
        ("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800 as Int64), ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
        ("Sat, 31 Dec 2022 23:59:59 GMT", 1_672_531_199), ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
        ("Thu, 01 Jan 1970 00:00:10 GMT", 10), ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
    ])
    func calendar(date: String, seconds: Int64) {
        let failure = ProviderFailure.classify(
            status: 429, headers: [("retry-after", date)], body: nil, now: seconds - 5)
        #expect(failure.retryAfter == .seconds(5))
    }

    @Test("Clocks at the ends of time do not trap", arguments: [Int64.min, Int64.max])
    func extremes(now: Int64) {
        let failure = ProviderFailure.classify(
            status: 429, headers: [("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")], body: nil, now: now)
        #expect(failure.retryAfter == (now == .max ? .zero : nil))
    }
}
