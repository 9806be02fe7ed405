import SemanticCache

/// The number of a line of a stream, in the order of lines.
struct StreamLine: Equatable, Comparable, Sendable, CustomStringConvertible {
    private let milliseconds: UInt64
    private let sequence: UInt64

    /// Before all lines.
    static let none = StreamLine(milliseconds: 0, sequence: 0)

    private init(milliseconds: UInt64, sequence: UInt64) {
        self.milliseconds = milliseconds
        self.sequence = sequence
    }

    /// The line by which a call was told.
    init(_ token: FlightToken) {
        self.init(milliseconds: UInt64(max(token.milliseconds, 0)), sequence: UInt64(max(token.sequence, 0)))
    }

    /// Nil for what is no `<milliseconds>-<number>`.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let milliseconds = UInt64(parts[0]), let sequence = UInt64(parts[1]) else { return nil }
        self.init(milliseconds: milliseconds, sequence: sequence)
    }

    var description: String { "\(milliseconds)-\(sequence)" }

    static func < (left: StreamLine, right: StreamLine) -> Bool {
        (left.milliseconds, left.sequence) < (right.milliseconds, right.sequence)
    }
}
