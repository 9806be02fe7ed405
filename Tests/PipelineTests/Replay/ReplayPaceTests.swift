import GatewayCore
import NIOCore
import Testing

@testable import Pipeline

@Suite("The pace of stored answers")
struct ReplayPaceTests {
    private func pace(_ header: String?, usual: Int = 7) throws(GatewayError) -> Int {
        var headers = CallerHeaders()
        headers.replayRate = header
        return try ReplayPace(headers, usual: ReplayPace(rate: usual)).rate
    }

    @Test("The caller's word counts, else the operator's")
    func whose() throws {
        #expect(try pace(nil) == 7)
        #expect(try pace("0") == 0)
        #expect(try pace("50") == 50)
        #expect(try pace("10000") == 10_000)
    }

    @Test("What is no whole number up to 10,000 is refused",
          arguments: ["", "-1", "1.5", "fast", "10001", "99999", "100000", "99999999999999999999", " 5", "٣"])
    func refused(header: String) {
        let error = #expect(throws: GatewayError.self) { try pace(header) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.parameter == "x-refrain-cache-replay-rate")
    }

    @Test("The frames of an answer share the time that its tokens take")
    func interval() {
        let pace = ReplayPace(rate: 50)
        #expect(pace.interval(frames: 20, tokens: 100, within: nil) == .milliseconds(100))
        #expect(pace.interval(frames: 20, tokens: nil, within: nil) == .milliseconds(100))
        #expect(pace.interval(frames: 1, tokens: 100, within: nil) == .zero)
        #expect(pace.interval(frames: 0, tokens: 100, within: nil) == .zero)
        #expect(ReplayPace.atOnce.interval(frames: 20, tokens: 100, within: nil) == .zero)
    }

    @Test("No answer takes longer than 30 s, nor than nine tenths of what its caller waits; counts may be anything")
    func bounded() {
        let pace = ReplayPace(rate: 1)
        #expect(pace.interval(frames: 100, tokens: 1_000_000, within: nil) == .milliseconds(300))
        #expect(pace.interval(frames: 100, tokens: .max, within: nil) == .milliseconds(300))
        #expect(pace.interval(frames: 100, tokens: .min, within: nil) == .zero)
        #expect(pace.interval(frames: 100, tokens: 50, within: .seconds(10)) == .milliseconds(90))
        #expect(pace.interval(frames: 100, tokens: 50, within: .seconds(-10)) == .zero)
        #expect(pace.interval(frames: .max, tokens: nil, within: nil) >= .zero)
    }
}
