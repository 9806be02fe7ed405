/// How urgent a request is. Better ones are served first, until worse ones have waited long enough.
package enum WaitingClass: String, Sendable, Comparable, CaseIterable {
    /// Somebody looks at the screen.
    case interactive
    case usual = "default"
    /// Nobody waits for this one.
    case batch

    /// Its place: the smallest is served first.
    var rank: Int {
        switch self {
        case .interactive: 0
        case .usual: 1
        case .batch: 2
        }
    }

    package static func < (left: WaitingClass, right: WaitingClass) -> Bool { left.rank < right.rank }
}
