import GatewayCore
import Routing

extension LimitStoreSuite {
    /// A caller that may have two calls under way, at a target that takes two, and its money.
    private static let caller = ScopeLimits(
        LimitScope(.key, "k"), limits: limits(concurrency: 2), budgets: [HardBudget(.total, nanodollars: 100)])

    /// A call that costs 20 and must be renewed within five seconds.
    private func shortCall() -> PickRequest {
        var call = request(Self.limits(concurrency: 2), scopes: [Self.caller], nanodollars: 20)
        call.life = .seconds(5)
        return call
    }

    func renewals() async throws {
        let kept = try await granted(shortCall())
        try equal(try await granted(shortCall()).committed, [40])
        for _ in 0..<4 {
            try await advance(1_249)
            await renew(kept.lease)
        }
        try equal(try await denied(shortCall()).cause, .concurrency(Self.caller.scope))
        try await advance(4)
        // Nobody renewed the second: its place is free, and its money.
        try equal(try await granted(shortCall()).committed, [40])
        try await denied(shortCall())
        // Longer than a lease that is over is remembered, and still it is settled, once.
        for _ in 0..<180 {
            try await advance(4_000)
            await renew(kept.lease)
        }
        await settle(.used(kept.lease, inputTokens: 10, outputTokens: 5, nanodollars: 30))
        try await renewedTooLate(settled: kept.lease)
    }

    /// Goes on where 30 are spent and nothing is under way.
    private func renewedTooLate(settled: Lease) async throws {
        let late = try await granted(shortCall())
        try equal(late.committed, [50])
        await renew(settled)
        try equal(try await granted(shortCall()).committed, [70])
        try await denied(shortCall())
        try await advance(5_000)
        // Both are over, and one of them is under way all the same: it takes its place and its money again.
        await renew(late.lease)
        try equal(try await granted(shortCall()).committed, [70])
        try await denied(shortCall())
        // What was given to somebody else meanwhile is not taken from him.
        try await advance(5_000)
        try equal(try await granted(shortCall()).committed, [50])
        await renew(late.lease)
        try equal(try await denied(shortCall()).cause, .concurrency(Self.caller.scope))
        await settle(.used(late.lease, inputTokens: 10, outputTokens: 5, nanodollars: 20))
        try equal(try await granted(shortCall()).committed, [90])
    }
}
