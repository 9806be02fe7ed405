import NIOCore

/// Counts requests in windows of fixed length, each begun by the first request after the last one ended.
struct MockRateWindow: Sendable {
    /// Whether a request is let through, and what the headers say.
    enum Decision: Equatable, Sendable {
        case admitted(remaining: Int, reset: TimeAmount)
        case refused(reset: TimeAmount)
    }

    private var end: NIODeadline?
    private var count = 0

    /// Counts a request if the window has room for it. Limit and window may differ from call to call, as headers can
    /// set them: a running window keeps the end it was begun with.
    mutating func admit(at now: NIODeadline, limit: Int, window: TimeAmount) -> Decision {
        let end: NIODeadline
        if let current = self.end, now < current {
            end = current
        } else {
            end = now + window
            self.end = end
            count = 0
        }
        guard count < limit else { return .refused(reset: end - now) }
        count += 1
        return .admitted(remaining: limit - count, reset: end - now)
    }
}
