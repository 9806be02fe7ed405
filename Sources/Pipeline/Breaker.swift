/// Stops calling what keeps failing. Pure: time is handed in.
struct Breaker: Sendable {
    private let failureLimit: Int
    private let openFor: Duration
    private var failures = 0
    private var openUntil: ContinuousClock.Instant?

    /// - Parameters:
    ///   - failureLimit: failures in a row that open it.
    ///   - openFor: how long nothing is let through; then one call tries.
    init(failureLimit: Int, openFor: Duration) {
        self.failureLimit = failureLimit
        self.openFor = openFor
    }

    /// Whether a call may be made now. When the time is over one caller is let through, the others wait for what
    /// becomes of it.
    mutating func admits(at now: ContinuousClock.Instant) -> Bool {
        guard let openUntil else { return true }
        guard now >= openUntil else { return false }
        self.openUntil = now + openFor
        return true
    }

    /// - Returns: whether it was open.
    @discardableResult
    mutating func succeeded() -> Bool {
        defer { (failures, openUntil) = (0, nil) }
        return openUntil != nil
    }

    mutating func failed(at now: ContinuousClock.Instant) {
        failures += 1
        if failures >= failureLimit { openUntil = now + openFor }
    }
}
