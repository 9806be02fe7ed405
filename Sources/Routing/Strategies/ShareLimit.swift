/// Keeps one target from taking a whole burst: of the calls under way in a tier it has at most this share.
///
/// The rule of consistent hashing with bounded loads (Mirrokni, Thorup and Zadimoghaddam 2016), for any order: the
/// first target in it that has room takes the call. As no share is less than an equal one, there is always room.
package struct ShareLimit: Sendable, Equatable {
    /// From 0 to 1; less than an equal share counts as that.
    package var share: Double
    /// With fewer calls under way there is no burst.
    package var leastCalls = 10

    package init(share: Double) { self.share = share }

    /// Moves the first with room to the front.
    func apply(_ order: [RankedTarget], _ candidates: [StrategyCandidate]) -> [RankedTarget] {
        let calls = candidates.reduce(1) { $0 + $1.condition.inFlight }
        guard calls >= leastCalls, order.count > 1, share.isFinite else { return order }
        let limit = (max(share, 1 / Double(order.count)) * Double(calls)).rounded(.up)
        let place = order.firstIndex { Double(candidates[$0.index].condition.inFlight + 1) <= limit }
        guard let place, place > 0 else { return order }
        var moved = order
        var taker = moved.remove(at: place)
        taker.reason = .spillover
        for index in 0..<place { moved[index].reason = .spilled }
        moved.insert(taker, at: 0)
        return moved
    }
}
