/// Names one call in the fleet, and orders calls: a later one has a larger token. The store gives it out, as
/// `<milliseconds>-<number>`.
package struct FlightToken: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let milliseconds: Int64
    package let sequence: Int64

    package init(milliseconds: Int64, sequence: Int64) {
        self.milliseconds = milliseconds
        self.sequence = sequence
    }

    /// Nil for what is no token.
    package init?(_ text: String) {
        // Without a split, which allocates: a reader turns an id of each shard into a token at each read.
        guard let dash = text.utf8.firstIndex(of: UInt8(ascii: "-")), let milliseconds = Int64(text[..<dash]),
            let sequence = Int64(text[text.utf8.index(after: dash)...]), (0...1 << 42).contains(milliseconds),
            sequence >= 0
        else { return nil }
        self.init(milliseconds: milliseconds, sequence: sequence)
    }

    /// Before all others.
    package static let none = FlightToken(milliseconds: 0, sequence: 0)

    /// The same order in one number that a script can compare: below 2⁵³.
    package var fence: Int64 { milliseconds << 10 | min(sequence, 1023) }

    package static func < (left: FlightToken, right: FlightToken) -> Bool {
        (left.milliseconds, left.sequence) < (right.milliseconds, right.sequence)
    }

    package var description: String { "\(milliseconds)-\(sequence)" }
}
