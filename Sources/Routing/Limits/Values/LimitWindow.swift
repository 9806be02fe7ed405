/// How the one who set a limit counts.
package enum LimitWindow: Int, Sendable {
    /// Never more than the limit in any 60 seconds: the safe choice where nothing else is known.
    case sliding
    /// Refills evenly all the time and holds a minute's worth: up to twice the limit in one minute, after a pause.
    case bucket
}
