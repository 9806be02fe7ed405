/// How long a refused call has to wait, and for what.
struct LimitWait: Sendable {
    /// Infinite for ever.
    var milliseconds: Double
    /// Nil for calls under way.
    var dimension: LimitDimension?
    var limit: Int?
    var used = 0.0

    var duration: Duration? {
        milliseconds < .infinity ? .milliseconds(Int64(min(milliseconds, 1e15))) : nil
    }
}
