import Yams

/// A place in the text of a configuration file.
struct ConfigPosition: Hashable, Comparable, Sendable {
    /// From 1.
    let line: Int
    /// From 1, counted in Unicode scalars.
    let column: Int

    /// Of what has no place in the text.
    static let none = ConfigPosition(line: 0, column: 0)

    static func < (one: ConfigPosition, other: ConfigPosition) -> Bool {
        (one.line, one.column) < (other.line, other.column)
    }
}

extension ConfigPosition {
    init(_ mark: Mark?) {
        self = mark.map { ConfigPosition(line: $0.line, column: $0.column) } ?? .none
    }
}
