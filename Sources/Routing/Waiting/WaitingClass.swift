/// How urgent a request is. Better ones are served first, until worse ones have waited long enough.
package enum WaitingClass: Int, Sendable, Comparable, CaseIterable {
    /// Somebody looks at the screen.
    case interactive
    case usual
    /// Nobody waits for this one.
    case batch

    /// Reads `interactive`, `default` and `batch`; nil for anything else.
    package init?(name: String) {
        switch name {
        case "interactive": self = .interactive
        case "default": self = .usual
        case "batch": self = .batch
        default: return nil
        }
    }

    package static func < (left: WaitingClass, right: WaitingClass) -> Bool { left.rawValue < right.rawValue }
}
