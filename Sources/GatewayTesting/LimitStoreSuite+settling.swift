import GatewayCore
import Routing

extension LimitStoreSuite {
    func givesBack() async throws {
        let limits = Self.limits(total: 1_000)
        let key = ScopeLimits(LimitScope(.key, "k"), limits: Self.limits(input: 900))
        let grant = try await granted(request(limits, scopes: [key], input: 700, output: 300))
        try await advance(20_000)
        try await denied(request(limits))
        await settle(.used(grant.lease, inputTokens: 100, outputTokens: 50, nanodollars: 0))
        let full = try await denied(request(limits, input: 800, output: 51))
        try equal(full.used, 150)
        // The 150 stand in the second of the reservation, 20 s ago.
        try equal(full.retryAfter, .seconds(41))
        try await granted(request(limits, scopes: [key], input: 800, output: 50))
    }

    func takesOverrun() async throws {
        let limits = Self.limits(output: 100)
        let grant = try await granted(request(limits, output: 60))
        try await advance(5_000)
        await settle(.used(grant.lease, inputTokens: 10, outputTokens: 160, nanodollars: 0))
        let denial = try await denied(request(limits, output: 1))
        try equal(denial.used, 160)
        try equal(denial.retryAfter, .seconds(56))
        try await advance(56_000)
        try await granted(request(limits, output: 100))
    }

    func settlesOnce() async throws {
        let limits = Self.limits(input: 100)
        let budget = HardBudget(.total, nanodollars: 1_000)
        let key = ScopeLimits(LimitScope(.key, "k"), budgets: [budget])
        let grant = try await granted(request(limits, scopes: [key], input: 80, nanodollars: 500))
        try equal(grant.committed, [500])
        for _ in 0..<3 {
            await settle(.used(grant.lease, inputTokens: 50, outputTokens: 0, nanodollars: 300))
            await settle(.notCounted(grant.lease))
        }
        try equal(try await granted(request(scopes: [key], nanodollars: 1)).committed, [301])
        try equal(try await denied(request(limits, input: 41)).used, 60)
    }

    func settlesLate() async throws {
        let limits = Self.limits(input: 1_000, output: 1_000)
        let grant = try await granted(request(limits, input: 500, output: 500))
        try await advance(45_000)
        try await granted(request(limits, input: 500, output: 500))
        try await advance(16_000)
        // Input was overestimated: that is over. Output was underestimated: that counts from now.
        await settle(.used(grant.lease, inputTokens: 1, outputTokens: 700, nanodollars: 0))
        let denial = try await denied(request(limits, input: 1, output: 400))
        try equal(denial.dimension, .outputTokens)
        try equal(denial.used, 700)
        try equal(denial.retryAfter, .seconds(45))
        try equal(try await denied(request(limits, input: 501, output: 1)).used, 500)
        // The 200 stay until they are 61 s old.
        try await advance(60_999)
        try equal(try await denied(request(limits, output: 801)).used, 200)
        try await advance(1)
        try await granted(request(limits, output: 1_000))
    }

    func releases() async throws {
        let limits = Self.limits(requests: 2, total: 100)
        let first = try await granted(request(limits, input: 90, output: 10))
        await settle(.notCounted(first.lease))
        let second = try await granted(request(limits, input: 90, output: 10))
        await settle(.rateLimited(second.lease))
        try await granted(request(limits, input: 90, output: 10))
        try equal(try await denied(request(limits, input: 0, output: 0)).dimension, .requests)
    }

    func leases() async throws {
        var one = request(Self.limits(concurrency: 2))
        one.life = .seconds(30)
        let grant = try await granted(one)
        try await granted(request(Self.limits(concurrency: 2)))
        let full = try await denied(request(Self.limits(concurrency: 2)))
        try equal(full, Denial(cause: .upstream, dimension: nil, limit: 2, used: 2, retryAfter: .seconds(1)))
        await settle(.used(grant.lease, inputTokens: 1, outputTokens: 1, nanodollars: 0))
        var three = request(Self.limits(concurrency: 2))
        three.life = .seconds(30)
        try await granted(three)
        try await advance(29_999)
        try await denied(request(Self.limits(concurrency: 2)))
        try await advance(1)
        try await granted(request(Self.limits(concurrency: 2)))
        let key = ScopeLimits(LimitScope(.key, "k"), limits: Self.limits(concurrency: 1))
        let own = try await granted(request(scopes: [key]))
        try equal(try await denied(request(scopes: [key])).cause, .concurrency(key.scope))
        await settle(.notCounted(own.lease))
        try await granted(request(scopes: [key]))
    }

    func budgets() async throws {
        let key = ScopeLimits(LimitScope(.key, "k"), budgets: [
            HardBudget(.day, nanodollars: 1_000), HardBudget(.total, nanodollars: 5_000),
        ])
        let first = try await granted(request(scopes: [key], nanodollars: 800))
        try equal(first.isNearBudget, false)
        try equal(first.committed, [800, 800])
        let denial = try await denied(request(scopes: [key], nanodollars: 201))
        try equal(denial.cause, .budget(key.scope, .day))
        try equal([denial.limit, denial.used], [1_000, 800])
        try equal(denial.retryAfter, .seconds(43_200))
        await settle(.used(first.lease, inputTokens: 10, outputTokens: 5, nanodollars: 600))
        let second = try await granted(request(scopes: [key], nanodollars: 201))
        try equal(second.isNearBudget, true)
        try equal(second.committed, [801, 801])
        await settle(.notCounted(second.lease))
        try equal(try await granted(request(scopes: [key], nanodollars: 400)).committed, [1_000, 1_000])
    }

    func budgetLeases() async throws {
        let key = ScopeLimits(LimitScope(.key, "k"), budgets: [HardBudget(.month, nanodollars: 100)])
        var lost = request(scopes: [key], nanodollars: 90)
        lost.life = .seconds(20)
        let grant = try await granted(lost)
        try await advance(19_999)
        try await denied(request(scopes: [key], nanodollars: 11))
        try await advance(1)
        let other = try await granted(request(scopes: [key], nanodollars: 11))
        try equal(other.committed, [11])
        await settle(.used(grant.lease, inputTokens: 1, outputTokens: 1, nanodollars: 60))
        await settle(.used(grant.lease, inputTokens: 1, outputTokens: 1, nanodollars: 60))
        try equal(try await granted(request(scopes: [key])).committed, [71])
        await settle(.used(other.lease, inputTokens: 1, outputTokens: 1, nanodollars: 11))
        try equal(try await granted(request(scopes: [key])).committed, [71])
    }

    func budgetPeriods() async throws {
        let budgets = [HardBudget.Period.day, .month, .total].map { HardBudget($0, nanodollars: 1_000) }
        let key = ScopeLimits(LimitScope(.key, "k"), budgets: budgets)
        func spend(_ amount: Int, line: Int = #line) async throws -> [Int] {
            let grant = try await granted(request(scopes: [key], nanodollars: amount), line: line)
            await settle(.used(grant.lease, inputTokens: 1, outputTokens: 1, nanodollars: amount))
            return grant.committed
        }
        try equal(try await spend(100), [100, 100, 100])
        try await advance(43_199_999)
        try equal(try await spend(100), [200, 200, 200])
        try await advance(1)
        try equal(try await spend(100), [100, 300, 300])
        // From the 16th to the 1st of February, and from there through a February of 28 days to the 1st of March.
        try await advance(16 * 86_400_000 - 1)
        try equal(try await spend(100), [100, 400, 400])
        try await advance(1)
        try equal(try await spend(100), [100, 100, 500])
        try await advance(28 * 86_400_000 - 1)
        try equal(try await spend(100), [100, 200, 600])
        try await advance(1)
        try equal(try await spend(100), [100, 100, 700])
        let denial = try await denied(request(scopes: [key], nanodollars: 301))
        try equal(denial.cause, .budget(key.scope, .total))
        try equal(denial.retryAfter, nil)
    }

    func cheaper() async throws {
        let key = ScopeLimits(LimitScope(.key, "k"), budgets: [HardBudget(.day, nanodollars: 100)])
        let candidates: [PickRequest.Candidate] = [
            .init(DeploymentID("large"), nanodollars: 101), .init(DeploymentID("small"), tier: 1, nanodollars: 60),
        ]
        let grant = try await granted(request(candidates, scopes: [key]))
        try equal(grant.candidate, 1)
        try equal(grant.committed, [60])
        try equal(try await denied(request(candidates, scopes: [key])).cause, .budget(key.scope, .day))
        // What has room but costs too much is no reason to wait for what is full and affordable.
        let full: [PickRequest.Candidate] = [
            .init(DeploymentID("large"), nanodollars: 101), .init(Self.east, limits: Self.limits(requests: 0)),
        ]
        try equal(try await denied(request(full, scopes: [key])).cause, .upstream)
    }
}
