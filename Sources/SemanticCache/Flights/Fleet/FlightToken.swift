/// Names one call in the fleet, and orders the calls of a shard, so all for one question: a later one has a larger
/// token. The store gives it out, as `<milliseconds>-<number>`; two shards may give out the same in one millisecond, so
/// the shard is a part of it.
package struct FlightToken: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let milliseconds: Int64
    package let sequence: Int64
    package let shard: Int

    package init(milliseconds: Int64, sequence: Int64, shard: Int = 0) {
        self.milliseconds = milliseconds
        self.sequence = sequence
        self.shard = shard
    }

    /// Nil for what is no token.
    /// - Parameter shard: that has given it out.
    package init?(_ text: String, shard: Int) {
        // Without a split, which allocates: a reader turns an id of each shard into a token at each read.
        guard let dash = text.utf8.firstIndex(of: UInt8(ascii: "-")), let milliseconds = Int64(text[..<dash]),
            let sequence = Int64(text[text.utf8.index(after: dash)...]), (0...1 << 42).contains(milliseconds),
            sequence >= 0
        else { return nil }
        self.init(milliseconds: milliseconds, sequence: sequence, shard: shard)
    }

    /// Before all others.
    package static let none = FlightToken(milliseconds: 0, sequence: 0)

    /// The same order within a shard in one number that a script can compare: below 2⁵³.
    package var fence: Int64 { milliseconds << 10 | min(sequence, 1023) }

    package static func < (left: FlightToken, right: FlightToken) -> Bool {
        (left.milliseconds, left.sequence, left.shard) < (right.milliseconds, right.sequence, right.shard)
    }

    /// As its shard knows it.
    package var description: String { "\(milliseconds)-\(sequence)" }
}
