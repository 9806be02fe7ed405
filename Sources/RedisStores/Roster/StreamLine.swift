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
        // Without a split, which allocates: readers of all shards' streams read one of each for each reply.
        guard let dash = text.utf8.firstIndex(of: UInt8(ascii: "-")), let milliseconds = UInt64(text[..<dash]),
            let sequence = UInt64(text[text.utf8.index(after: dash)...])
        else { return nil }
        self.init(milliseconds: milliseconds, sequence: sequence)
    }

    /// Before all lines of that instant, by the server's clock.
    func earlier(byMilliseconds time: UInt64) -> StreamLine {
        StreamLine(milliseconds: milliseconds - min(time, milliseconds), sequence: 0)
    }

    var description: String { "\(milliseconds)-\(sequence)" }

    static func < (left: StreamLine, right: StreamLine) -> Bool {
        (left.milliseconds, left.sequence) < (right.milliseconds, right.sequence)
    }
}
