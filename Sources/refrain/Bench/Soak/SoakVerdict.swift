/// Whether memory and latency stayed as they were.
struct SoakVerdict: Codable, Equatable, Sendable {
    /// Minutes at the beginning that do not count: caches of bounded size fill in them.
    let warmUp: Int
    /// Of a straight line through the resident memory, over all minutes that count.
    let growthMiB: Double
    let growthLimitMiB: Double
    /// The median p99 of the last third of the minutes ÷ that of the first third.
    let drift: Double
    let failures: Int

    static let driftLimit = 1.5

    var isFlat: Bool { growthMiB <= growthLimitMiB && drift <= Self.driftLimit && failures == 0 }

    /// - Returns: nil when fewer than three minutes are left to judge.
    init?(_ minutes: [SoakMinute]) {
        warmUp = min(max(minutes.count / 5, 1), 5)
        let judged = minutes.dropFirst(warmUp)
        guard judged.count >= 3 else { return nil }
        growthMiB = Self.slope(judged.map(\.residentMiB)) * Double(judged.count - 1)
        // 4 MiB is what an allocator's arenas wander by on their own; 2 % of what is resident for large caches.
        growthLimitMiB = max(4, 0.02 * (Figure.median(judged.map(\.residentMiB)) ?? 0))
        let third = judged.count / 3
        let first = Figure.median(judged.prefix(third).map(\.p99)) ?? 0
        let last = Figure.median(judged.suffix(third).map(\.p99)) ?? 0
        drift = first > 0 ? last / first : .infinity
        failures = minutes.map(\.failures).reduce(0, +)
    }

    /// Of the line of least squares through the values at 0, 1, 2 …
    static func slope(_ values: [Double]) -> Double {
        let count = Double(values.count)
        guard count > 1 else { return 0 }
        let middle = (count - 1) / 2
        let mean = values.reduce(0, +) / count
        var (above, below) = (0.0, 0.0)
        for (index, value) in values.enumerated() {
            let distance = Double(index) - middle
            above += distance * (value - mean)
            below += distance * distance
        }
        return above / below
    }

    var description: String {
        """
        after \(warmUp) min of warm-up: resident memory grew by \(Figure.text(growthMiB)) MiB \
        (at most \(Figure.text(growthLimitMiB))), p99 at the end ÷ at the beginning \(Figure.text(drift)) \
        (at most \(Figure.text(Self.driftLimit))), \(failures) failures: \(isFlat ? "flat" : "NOT FLAT")
        """
    }
}
