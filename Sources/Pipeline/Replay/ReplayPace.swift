import GatewayCore

/// How fast stored answers are streamed. A client that shows text as it comes may want a stored answer to look like any
/// other.
package struct ReplayPace: Sendable, Equatable {
    /// Tokens in a second; 0: all at once.
    package let rate: Int

    package static let atOnce = ReplayPace(rate: 0)
    /// The fastest that is paced at all: a frame of five tokens every half a millisecond.
    package static let fastest = 10_000
    /// No replay takes longer, however many tokens it has.
    private static let longest: Duration = .seconds(30)
    /// Of frames whose tokens nobody counted: `AnswerReplay` makes them of 20 bytes.
    private static let tokensOfFrame = 5

    package init(rate: Int) { self.rate = rate }

    /// What the caller asks for, else the operator's.
    /// - Throws: `invalidRequest`.
    init(_ headers: CallerHeaders, usual: ReplayPace) throws(GatewayError) {
        guard let asked = headers.replayRate else {
            self = usual
            return
        }
        guard (1...5).contains(asked.utf8.count), asked.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let rate = Int(asked), rate <= Self.fastest
        else {
            throw GatewayError(
                .invalidRequest,
                "x-refrain-cache-replay-rate must be a whole number of tokens a second, 0 to \(Self.fastest)",
                parameter: "x-refrain-cache-replay-rate")
        }
        self.init(rate: rate)
    }

    /// The time between two frames; zero for all at once.
    /// - Parameters:
    ///   - tokens: of the whole answer; nil when nobody counted.
    ///   - limit: how long the caller waits for the whole; nil: as long as it takes.
    func interval(frames: Int, tokens: Int?, within limit: Duration?) -> Duration {
        guard rate > 0, frames > 1 else { return .zero }
        let tokens = tokens ?? frames.multipliedReportingOverflow(by: Self.tokensOfFrame).partialValue
        let whole = Duration.seconds(Double(max(tokens, 0)) / Double(rate))
        // A caller's whole time would end in the midst of the last frame.
        let most = min(Self.longest, limit.map { max($0, .zero) * 0.9 } ?? Self.longest)
        return min(whole, most) / frames
    }
}
