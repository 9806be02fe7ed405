/// The number of a line of a stream, in the order of lines.
struct StreamLine: Equatable, Comparable {
    private let milliseconds: UInt64
    private let sequence: UInt64

    /// Nil for what is no `<milliseconds>-<number>`.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let milliseconds = UInt64(parts[0]), let sequence = UInt64(parts[1]) else { return nil }
        self.milliseconds = milliseconds
        self.sequence = sequence
    }

    static func < (left: StreamLine, right: StreamLine) -> Bool {
        (left.milliseconds, left.sequence) < (right.milliseconds, right.sequence)
    }
}
