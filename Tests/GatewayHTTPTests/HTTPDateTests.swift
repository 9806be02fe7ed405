import Foundation
import Testing

@testable import GatewayHTTP

@Suite("The Date field")
struct HTTPDateTests {
    @Test("The time is written as RFC 9110 has it")
    func example() {
        #expect(HTTPDate.text(secondsSince1970: 784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.text(secondsSince1970: 0) == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(HTTPDate.text(secondsSince1970: 951_782_400) == "Tue, 29 Feb 2000 00:00:00 GMT")
    }

    @Test("Every day of two centuries is what Foundation says it is")
    func everyDay() {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        for day in stride(from: Int64(0), to: 73_000, by: 7) {
            let seconds = day * 86_400 + day % 86_400
            let date = Date(timeIntervalSince1970: TimeInterval(seconds))
            #expect(HTTPDate.text(secondsSince1970: seconds) == formatter.string(from: date))
        }
    }
}
