/// The last hundred times to first token of one target, of no more than twenty minutes.
struct FirstTokenSample: Sendable {
    static let most = 100
    static let lifeMilliseconds: Int64 = 20 * 60 * 1000
    /// With fewer a quantile at the edge says nothing: of twenty, one lies beyond the 95th percentile.
    static let least = 20

    private var ring: [(time: Int64, duration: Duration)] = []
    private var next = 0

    mutating func add(_ sample: TargetSample, now: Int64) {
        let duration: Duration
        switch sample {
        case .answered(.some(let time), _, _), .outrun(let time, _): duration = time
        default: return
        }
        if ring.count < Self.most {
            ring.append((now, duration))
        } else if ring.indices.contains(next) {
            ring[next] = (now, duration)
            next = (next + 1) % Self.most
        }
    }

    /// Whether something is learned from a call that was cut off: when it took longer than half of the others.
    func teaches(_ sample: TargetSample, now: Int64) -> Bool {
        guard case .outrun(let time, hasBegun: false) = sample else { return true }
        return quantile(0.5, now: now).map { time > $0 } ?? false
    }

    /// The time that the given part of the answers does not exceed; nil with too few.
    func quantile(_ part: Double, now: Int64) -> Duration? {
        let durations = ring.filter { now - $0.time <= Self.lifeMilliseconds }.map(\.duration).sorted()
        guard durations.count >= Self.least, part.isFinite else { return nil }
        let rank = (min(max(part, 0), 1) * Double(durations.count)).rounded(.up)
        return durations[min(max(Int(rank) - 1, 0), durations.count - 1)]
    }
}
