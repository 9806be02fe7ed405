import GatewayCore
import Routing

extension LimitStoreSuite {
    func counts() async throws {
        let limits = Self.limits(requests: 3)
        try await advance(400)
        try equal(try await grantedCount(of: 5) { request(limits) }, 3)
        try await advance(60_599)
        let denial = try await denied(request(limits))
        try equal(denial.cause, .upstream)
        try equal(denial.dimension, .requests)
        try equal([denial.limit, denial.used], [3, 3])
        try await advance(1)
        try equal(try await grantedCount(of: 5) { request(limits) }, 3)
        // Long after, all of it is there again.
        try await advance(3_600_000)
        try equal(try await grantedCount(of: 5) { request(limits) }, 3)
    }

    func tellsWhen() async throws {
        let limits = Self.limits(requests: 100, input: 1_000)
        for step in 0..<10 {
            try await granted(request(limits, input: 100 - step))
            try await advance(3_700)
        }
        // 955 are used; 300 need the oldest three, 100 + 99 + 98.
        let denial = try await denied(request(limits, input: 300))
        try equal(denial.dimension, .inputTokens)
        try equal([denial.limit, denial.used], [1_000, 955])
        // The third was at 7.4 s, in the second 7; now it is 37.0 s.
        try equal(denial.retryAfter, .milliseconds(68_000 - 37_000))
        try await advance(30_999)
        try await denied(request(limits, input: 300))
        try await advance(1)
        try await granted(request(limits, input: 300))
    }

    func neverFits() async throws {
        let denial = try await denied(request(Self.limits(output: 4)))
        try equal(denial, Denial(cause: .upstream, dimension: .outputTokens, limit: 4, used: 0, retryAfter: nil))
        try equal(try await denied(request(Self.limits(requests: 0))).retryAfter, nil)
        let none = try await denied(request([]))
        try equal(none.retryAfter, nil)
    }

    func takesNothing() async throws {
        let tight = ScopeLimits(LimitScope(.key, "k"), limits: Self.limits(input: 25))
        let wide = ScopeLimits(LimitScope(.team, "t"), limits: Self.limits(requests: 3))
        let deployment = Self.limits(requests: 3)
        try equal(try await grantedCount(of: 50) { request(deployment, scopes: [wide, tight]) }, 2)
        try await granted(request(deployment, scopes: [wide]))
        let full = try await denied(request(deployment, scopes: [wide]))
        try equal(full.cause, .scope(LimitScope(.team, "t")))
        // A full deployment takes nothing from the scopes either.
        let other = ScopeLimits(LimitScope(.team, "u"), limits: Self.limits(requests: 3))
        try await denied(request(deployment, scopes: [other]))
        try equal(try await granted(request(scopes: [other])).standings.first?.remaining, 2)
    }

    func everyScope() async throws {
        let tenant = ScopeLimits(LimitScope(.tenant, "a"), limits: Self.limits(requests: 1))
        let key = ScopeLimits(LimitScope(.key, "a"), limits: Self.limits(requests: 1))
        try await granted(request(scopes: [tenant]))
        try await advance(2_000)
        try await granted(request(scopes: [key]))
        try equal(try await denied(request(scopes: [tenant, key])).cause, .scope(key.scope))
        let denial = try await denied(request(scopes: [key, tenant]))
        try equal(denial.cause, .scope(key.scope))
        try equal(denial.retryAfter, .seconds(61))
        try await advance(59_000)
        try equal(try await denied(request(scopes: [tenant, key])).cause, .scope(key.scope))
        try await granted(request(scopes: [tenant]))
    }

    func followsLimits() async throws {
        try equal(try await grantedCount(of: 10) { request(Self.limits(requests: 10)) }, 10)
        try await advance(30_000)
        let lowered = try await denied(request(Self.limits(requests: 4)))
        try equal([lowered.limit, lowered.used], [4, 10])
        try equal(lowered.retryAfter, .seconds(31))
        try equal(try await grantedCount(of: 10) { request(Self.limits(requests: 12)) }, 2)
        try await granted(request())
    }

    func bursts() async throws {
        // An even pace is 2 a second; three times that are 6.
        var limits = Self.limits(requests: 120)
        limits.burst = 3
        try await advance(250)
        try equal(try await grantedCount(of: 10) { request(limits) }, 6)
        try equal(try await denied(request(limits)).retryAfter, .milliseconds(750))
        try await advance(750)
        try equal(try await grantedCount(of: 10) { request(limits) }, 6)
        // 10 tokens a second; a call of 300 is let through when the second is fresh, and alone.
        var tokens = Self.limits(total: 600)
        tokens.burst = 1
        let west = [PickRequest.Candidate(DeploymentID("west"), limits: tokens)]
        try equal(try await grantedCount(of: 3) { request(west, input: 200, output: 100) }, 1)
        try await advance(1_000)
        try equal(try await grantedCount(of: 3) { request(west, input: 200, output: 100) }, 1)
    }

    func days() async throws {
        // It is 12:00 UTC; the provider's day starts at 08:00 UTC.
        var limits = Limits()
        limits.requestsPerDay = 3
        limits.tokensPerDay = 40
        limits.dayStart = 480
        try equal(try await grantedCount(of: 5) { request(limits) }, 2)
        let tokens = try await denied(request(limits))
        try equal(tokens.dimension, .tokensPerDay)
        try equal(tokens.retryAfter, .seconds(20 * 3_600))
        try await granted(request(limits, input: 5, output: 0))
        try equal(try await denied(request(limits, input: 1, output: 0)).dimension, .requestsPerDay)
        try await advance(20 * 3_600_000 - 1)
        try await denied(request(limits, input: 1, output: 0))
        try await advance(1)
        try equal(try await grantedCount(of: 5) { request(limits, input: 1, output: 0) }, 3)
    }

    func zones() async throws {
        // Clocks are an hour ahead of UTC; from 01:00 UTC of the 16th on two, for a day.
        let start = Self.start.milliseconds / 1000
        let zone = DayZone("Test", first: 3_600, shifts: [
            .init(start: start + 13 * 3_600, offset: 7_200), .init(start: start + 37 * 3_600, offset: 3_600),
        ])
        var limits = Limits()
        limits.requestsPerDay = 1
        limits.dayZone = zone
        // It is 13:00 there; then come the days of 23 and 25 hours.
        for hours in [11, 23, 25, 24] {
            try await granted(request(limits))
            try equal(try await denied(request(limits)).retryAfter, .seconds(hours * 3_600))
            try await advance(hours * 3_600_000 - 1)
            try equal(try await denied(request(limits)).retryAfter, .milliseconds(1))
            try await advance(1)
        }
        try await granted(request(limits))
    }

    func buckets() async throws {
        var limits = Self.limits(requests: 60)
        limits.window = .bucket
        try equal(try await grantedCount(of: 100) { request(limits) }, 60)
        try equal(try await denied(request(limits)).retryAfter, .seconds(1))
        try await advance(30_000)
        try equal(try await grantedCount(of: 100) { request(limits) }, 30)
        try await advance(999)
        try await denied(request(limits))
        try await advance(1)
        try await granted(request(limits))
        // Another user of the account took all but two.
        try await advance(60_000)
        let reading = ProviderTruth.Reading(.requests, remaining: 2, reset: .seconds(58))
        await feedback(ProviderTruth(deployment: Self.east, limits: limits, readings: [reading]))
        try equal(try await grantedCount(of: 10) { request(limits) }, 2)
        try await advance(3_000)
        try equal(try await grantedCount(of: 10) { request(limits) }, 3)
    }

    func windowsChange() async throws {
        let sliding = Self.limits(requests: 10)
        var bucket = sliding
        bucket.window = .bucket
        try equal(try await grantedCount(of: 8) { request(sliding) }, 8)
        try equal(try await grantedCount(of: 8) { request(bucket) }, 2)
        // The bucket is half full again; the sliding minute knows of all ten.
        try await advance(30_000)
        try equal(try await grantedCount(of: 8) { request(bucket) }, 5)
        try await denied(request(sliding))
        try await advance(31_000)
        try equal(try await grantedCount(of: 20) { request(sliding) }, 5)
    }

    func standings() async throws {
        let key = ScopeLimits(LimitScope(.key, "k"), limits: Self.limits(requests: 10, total: 1_000))
        var limits = Self.limits(requests: 5)
        limits.requestsPerDay = 50
        let team = ScopeLimits(LimitScope(.team, "t"), limits: limits)
        try await advance(300)
        try await granted(request(scopes: [team]))
        let standings = try await granted(request(scopes: [key, team])).standings
        try equal(standings, [
            LimitStanding(dimension: .requests, limit: 5, remaining: 3, reset: .milliseconds(60_700)),
            LimitStanding(dimension: .totalTokens, limit: 1_000, remaining: 985, reset: .milliseconds(60_700)),
            LimitStanding(dimension: .requestsPerDay, limit: 50, remaining: 48, reset: .milliseconds(43_199_700)),
        ])
        try equal(try await granted(request(Self.limits(requests: 5))).standings, [])
    }
}
