import NIOCore
import Testing

@testable import MockProvider

@Suite("Rate window")
struct MockRateWindowTests {
    @Test("The limit holds until the window ends, and the next window begins with the next request")
    func windows() {
        var window = MockRateWindow()
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        let length = TimeAmount.seconds(10)
        #expect(window.admit(at: start, limit: 2, window: length) == .admitted(remaining: 1, reset: .seconds(10)))
        #expect(
            window.admit(at: start + .seconds(4), limit: 2, window: length)
                == .admitted(remaining: 0, reset: .seconds(6)))
        #expect(window.admit(at: start + .seconds(9), limit: 2, window: length) == .refused(reset: .seconds(1)))
        #expect(
            window.admit(at: start + .seconds(10), limit: 2, window: length)
                == .admitted(remaining: 1, reset: .seconds(10)))
    }

    @Test("A limit of zero refuses the first request")
    func zero() {
        var window = MockRateWindow()
        let now = NIODeadline.uptimeNanoseconds(5)
        #expect(window.admit(at: now, limit: 0, window: .seconds(1)) == .refused(reset: .seconds(1)))
    }
}
