/// What a number of requests came to on one side of a comparison. Means are over those of which the figure is known.
package struct ReplayFigures: Sendable, Equatable {
    /// Requests that a target took.
    package private(set) var requests = 0
    /// Requests that no target may take.
    package private(set) var refused = 0
    /// Nano-dollars of those whose cost is known.
    package private(set) var cost = 0
    package private(set) var priced = 0
    private var latency: Duration = .zero
    private var timed = 0
    private var quality = 0.0
    private var judged = 0

    package var meanLatency: Duration? { timed > 0 ? latency / timed : nil }

    /// Before anything was learned, 0 to 1.
    package var meanQuality: Double? { judged > 0 ? quality / Double(judged) : nil }

    mutating func refuse() { refused += 1 }

    mutating func add(cost: Int?, latency: Duration?, quality: Float?) {
        requests += 1
        if let cost {
            let (sum, overflows) = self.cost.addingReportingOverflow(max(0, cost))
            self.cost = overflows ? .max : sum
            priced += 1
        }
        if let latency {
            self.latency += latency
            timed += 1
        }
        if let quality {
            self.quality += Double(quality)
            judged += 1
        }
    }
}
