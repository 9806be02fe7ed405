package import GatewayCore

/// A judgment of an answer in a record of decisions, read back.
package struct RecordedJudgment: Sendable {
    /// The request whose answer was judged.
    package let request: String
    /// 0 to 1.
    package let score: Double
    package let time: UnixTime

    /// Nil when the line is no judgment.
    package init?(line: String) {
        guard let root = (try? JSONDocument(line))?.root, let request = root["judged"]?.string,
            let score = root["score"]?.double, (0...1).contains(score), let time = root["at"]?.integer
        else { return nil }
        self.request = request
        self.score = score
        self.time = UnixTime(milliseconds: Int64(time))
    }
}
