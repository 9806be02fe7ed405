import LoadGenerator

/// How a leg is loaded for the length of one window.
enum WindowKind: String, Codable, Sendable, CaseIterable {
    /// One connection, one request after the other: the way of a request with nobody waiting.
    case single
    /// As many requests at a time as fill a core.
    case ceiling
    /// At half the ceiling's rate, with arrivals fixed in advance.
    case half
    /// Four connections, so that frames seldom wait for each other; for answers that take their time.
    case paced
    /// 2,000 requests a second, with arrivals fixed in advance, to a provider that takes 100 ms.
    case slow

    static let ceilingConnections = 32
    static let slowRate = 2_000.0

    /// How long a window must be for its figures to hold. A slowest hundredth of frames is many only in a long one.
    var leastSeconds: Double { self == .paced ? 10 : 0 }

    /// - Parameters:
    ///   - ceiling: requests a second that the leg was seen to reach; only `half` needs it.
    ///   - seed: of the arrivals of an open loop.
    /// - Returns: nil when half of an unknown ceiling is asked for.
    func plan(for duration: Duration, ceiling: Double?, seed: UInt64) -> LoadPlan? {
        var plan: LoadPlan
        switch self {
        case .single: plan = LoadPlan(.closed(connections: 1), for: duration)
        case .ceiling: plan = LoadPlan(.closed(connections: Self.ceilingConnections), for: duration)
        case .paced:
            plan = LoadPlan(.closed(connections: 4), for: duration)
            plan.readsStamps = true
        case .half:
            guard let ceiling, ceiling > 0 else { return nil }
            plan = LoadPlan(.open(requestsPerSecond: ceiling / 2, connections: 64), for: duration)
        case .slow: plan = LoadPlan(.open(requestsPerSecond: Self.slowRate, connections: 256), for: duration)
        }
        plan.spacing = .random(seed: seed)
        return plan
    }
}
