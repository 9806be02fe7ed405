/// A value that must never be printed: keys, passwords, tokens.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The value itself. Hand it to what needs it and to nothing else.
    package let exposed: String

    package init(_ value: String) { exposed = value }

    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
    /// `dump` shows as little as `print`.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
