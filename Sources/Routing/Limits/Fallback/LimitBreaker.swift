/// Stops asking a store that keeps failing, and tries it again. Pure: time is handed in.
struct LimitBreaker: Sendable {
    /// What is known of the store, from where its caller stands.
    enum Standing: Sendable {
        case healthy, away
    }

    /// Recent failures; no more than it takes to open.
    private var failures: [ContinuousClock.Instant] = []
    private var nextProbe: ContinuousClock.Instant?

    /// Five failures within a second open it; once a second one call tries.
    private static let failureLimit = 5
    private static let window: Duration = .seconds(1)
    static let probePause: Duration = .seconds(1)

    var standing: Standing { nextProbe == nil ? .healthy : .away }

    /// Whether to ask the store. While it is away one caller a second is let through; the others must not wait for it.
    mutating func admits(at now: ContinuousClock.Instant) -> Bool {
        guard let probe = nextProbe else { return true }
        guard now >= probe else { return false }
        nextProbe = now + Self.probePause
        return true
    }

    /// - Returns: whether the store was away and is back.
    mutating func succeeded() -> Bool {
        failures.removeAll(keepingCapacity: true)
        defer { nextProbe = nil }
        return nextProbe != nil
    }

    /// - Returns: whether the store was not away and is now.
    mutating func failed(at now: ContinuousClock.Instant) -> Bool {
        guard nextProbe == nil else { return false }
        failures.removeAll { now - $0 > Self.window }
        failures.append(now)
        guard failures.count >= Self.failureLimit else { return false }
        failures.removeAll(keepingCapacity: true)
        nextProbe = now + Self.probePause
        return true
    }
}
