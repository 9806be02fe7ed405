/// The deadlines of one transfer as instants of the monotonic clock. Pure: it is told the time.
struct TransferDeadlines {
    typealias Instant = ContinuousClock.Instant

    private let limits: CurlDeadlines
    private let total: Instant?
    private var firstByte: Instant?
    private var idle: Instant?

    init(_ limits: CurlDeadlines, began: Instant) {
        self.limits = limits
        self.total = limits.total.map { began.advanced(by: $0) }
        self.firstByte = limits.firstByte.map { began.advanced(by: $0) }
    }

    /// The head or a piece of the body came, or the reader asked for more.
    mutating func bodyIsExpected(from now: Instant) {
        firstByte = nil
        idle = limits.idle.map { now.advanced(by: $0) }
    }

    /// The reader holds back: what does not come is not the server's fault.
    mutating func bodyIsHeldBack() {
        idle = nil
    }

    /// When to look again; nil when nothing can run out.
    var earliest: Instant? {
        Self.earlier(total, Self.earlier(firstByte, idle))
    }

    private static func earlier(_ one: Instant?, _ other: Instant?) -> Instant? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }

    /// Which limit has run out, if one has.
    func expired(at now: Instant) -> (code: CurlErrorCode, message: String)? {
        if let firstByte, let limit = limits.firstByte, now >= firstByte {
            return (.firstByteTimeout, "no response head within \(limit)")
        }
        if let idle, let limit = limits.idle, now >= idle {
            return (.idleTimeout, "no byte of the body for \(limit)")
        }
        if let total, let limit = limits.total, now >= total {
            return (.totalTimeout, "the exchange took longer than \(limit)")
        }
        return nil
    }
}
