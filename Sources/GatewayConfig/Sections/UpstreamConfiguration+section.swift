import Upstream

extension UpstreamConfiguration {
    /// Reads the part of `upstream` that bounds what providers send.
    mutating func read(_ section: ConfigSection) {
        section.read("answer_limit", .bytes(1024...1 << 30), into: &answerBytesLimit)
        section.read("error_limit", .bytes(1024...16 << 20), into: &errorBytesLimit)
        section.read("thought_life", .duration(.zero ... .seconds(7 * 86_400)), into: &thoughtLife)
    }
}
