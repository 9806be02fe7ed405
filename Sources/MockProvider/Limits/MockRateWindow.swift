import NIOCore

/// Counts requests and tokens in windows of fixed length, each begun by the first request after the last one ended.
struct MockRateWindow: Sendable {
    /// How much of a limit is left.
    struct Dimension: Equatable, Sendable {
        let limit: Int
        let remaining: Int
    }

    /// Whether a request is let through, and what the headers say.
    struct Decision: Equatable, Sendable {
        let isAdmitted: Bool
        let requests: Dimension?
        let tokens: Dimension?
        let reset: TimeAmount
    }

    private var end: NIODeadline?
    private var requests = 0
    private var tokens = 0

    /// Counts a request if the window has room for it and its tokens. Limits and window may differ from call to call,
    /// as headers can set them: a running window keeps the end it was begun with.
    mutating func admit(
        at now: NIODeadline, requestLimit: Int?, tokenLimit: Int? = nil, cost: Int = 0, window: TimeAmount
    ) -> Decision {
        let end: NIODeadline
        if let current = self.end, now < current {
            end = current
        } else {
            end = now + window
            self.end = end
            (requests, tokens) = (0, 0)
        }
        let hasRoom = requests < requestLimit ?? .max
        let isAdmitted = hasRoom && (tokenLimit.map { cost <= $0 - tokens } ?? true)
        if isAdmitted {
            requests += 1
            tokens += cost
        }
        return Decision(
            isAdmitted: isAdmitted,
            requests: requestLimit.map { Dimension(limit: $0, remaining: max(0, $0 - requests)) },
            // What refuses a request says that nothing is left, as a provider's does that cannot serve the next.
            tokens: tokenLimit.map {
                Dimension(limit: $0, remaining: isAdmitted || !hasRoom ? max(0, $0 - tokens) : 0)
            },
            reset: end - now)
    }
}
