import NIOCore
import Testing

@testable import MockProvider

@Suite("Rate window")
struct MockRateWindowTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private let length = TimeAmount.seconds(10)

    @Test("The limit holds until the window ends, and the next window begins with the next request")
    func windows() {
        var window = MockRateWindow()
        var seen: [MockRateWindow.Decision] = []
        for seconds in [0, 4, 9, 10] {
            seen.append(window.admit(at: start + .seconds(Int64(seconds)), requestLimit: 2, window: length))
        }
        #expect(seen.map(\.isAdmitted) == [true, true, false, true])
        #expect(seen.map { $0.requests?.remaining } == [1, 0, 0, 1])
        #expect(seen.map(\.reset) == [.seconds(10), .seconds(6), .seconds(1), .seconds(10)])
        #expect(seen.allSatisfy { $0.tokens == nil })
    }

    @Test("A limit of zero refuses the first request")
    func zero() {
        var window = MockRateWindow()
        #expect(!window.admit(at: start, requestLimit: 0, window: length).isAdmitted)
        #expect(!window.admit(at: start, requestLimit: nil, tokenLimit: 0, cost: 1, window: length).isAdmitted)
    }

    @Test("Tokens are counted beside requests; what refuses says that nothing is left")
    func tokens() {
        var window = MockRateWindow()
        let costs = [60, 50, 40]
        let seen = costs.map {
            window.admit(at: start, requestLimit: 9, tokenLimit: 100, cost: $0, window: length)
        }
        #expect(seen.map(\.isAdmitted) == [true, false, true])
        #expect(seen.map { $0.tokens?.remaining } == [40, 0, 0])
        #expect(seen.map { $0.requests?.remaining } == [8, 8, 7])
    }

    @Test("Durations are written as Go writes them", arguments: [
        (76, "76ms"), (1000, "1s"), (7660, "7.66s"), (360_000, "6m0s"), (3_723_500, "1h2m3.5s"), (0, "0ms"),
    ])
    func durations(_ milliseconds: Int, _ text: String) {
        #expect(MockRateWindow.Decision.goDuration(.milliseconds(Int64(milliseconds))) == text)
    }

    @Test("Dates are those of the calendar", arguments: [
        // The examples of RFC 9110, section 5.6.7, and RFC 3339, section 5.8, and days around leap days.
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
        (851_042_397, "Fri, 20 Dec 1996 00:39:57 GMT", "1996-12-20T00:39:57Z"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT", "2000-02-29T00:00:00Z"),
        (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT", "2100-02-28T23:59:59Z"),
        (0, "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"),
    ])
    func dates(_ seconds: Int, _ http: String, _ internet: String) {
        #expect(MockDate(seconds: seconds).http == http)
        #expect(MockDate(seconds: seconds).internet == internet)
    }
}
