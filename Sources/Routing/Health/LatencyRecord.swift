import Glibc

/// How fast a target answers: a moving average over at most 100 samples of some 20 minutes, and the last three minutes.
///
/// The average forgets with time too: with `e^(−t/400 s)` a sample of 20 minutes ago weighs 5 %.
struct LatencyRecord: Sendable, Equatable {
    static let slots = 6
    static let slotMilliseconds: Int64 = 30_000
    static let mostSamples = 100.0
    static let forgetMilliseconds = 400_000.0

    /// A mean and the number of samples it stands for.
    struct Average: Sendable, Equatable {
        var value = 0.0
        var weight = 0.0

        mutating func decay(_ factor: Double) { weight *= factor }

        mutating func add(mean: Double, count: Int64) {
            let count = min(Double(count), LatencyRecord.mostSamples)
            let kept = min(weight, LatencyRecord.mostSamples - count)
            value = (value * kept + mean * count) / (kept + count)
            weight = kept + count
        }
    }

    private struct Slot: Equatable {
        var stamp: Int64 = -1
        var sums = LatencySums()
    }

    private var ring = [Slot](repeating: Slot(), count: slots)
    private(set) var firstToken = Average()
    private(set) var perToken = Average()
    /// When the averages were last brought up to date.
    private var time: Int64 = 0

    mutating func add(_ sums: LatencySums, now: Int64) {
        guard sums.firstTokens > 0 || sums.decodes > 0 else { return }
        let stamp = now / Self.slotMilliseconds
        let place = Int(stamp % Int64(Self.slots))
        guard ring.indices.contains(place) else { return }
        if ring[place].stamp != stamp { ring[place] = Slot(stamp: stamp) }
        ring[place].sums.add(sums)
        let factor = memory(now: now)
        firstToken.decay(factor)
        perToken.decay(factor)
        time = now
        if let mean = sums.meanFirstToken { firstToken.add(mean: mean, count: sums.firstTokens) }
        if let mean = sums.meanPerToken, sums.decodes > 0 { perToken.add(mean: mean, count: sums.decodes) }
    }

    /// How much of their weight the averages still have.
    func memory(now: Int64) -> Double { exp(-Double(max(now - time, 0)) / Self.forgetMilliseconds) }

    /// The sums of the last 150 to 180 seconds.
    func recent(now: Int64) -> LatencySums {
        let oldest = now / Self.slotMilliseconds - Int64(Self.slots)
        return ring.reduce(into: LatencySums()) { sums, slot in
            if slot.stamp > oldest { sums.add(slot.sums) }
        }
    }
}
