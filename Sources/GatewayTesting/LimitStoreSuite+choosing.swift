import GatewayCore
import Routing

extension LimitStoreSuite {
    private func candidates(_ limits: [Int], tiers: [Int]? = nil) -> [PickRequest.Candidate] {
        limits.enumerated().map { index, limit in
            .init(
                DeploymentID("d\(index)"), tier: tiers?[index] ?? 0, limits: Self.limits(requests: limit))
        }
    }

    private func chosen(
        _ candidates: [PickRequest.Candidate], _ change: (inout PickRequest) -> Void
    ) async throws -> Int {
        var request = request(candidates)
        change(&request)
        return try await granted(request).candidate
    }

    func ownTokens() async throws {
        let key = ScopeLimits(LimitScope(.key, "k"), limits: Self.limits(input: 100, output: 100))
        let narrow = Self.limits(input: 50, output: 40)
        let large = PickRequest.Candidate(Self.east, limits: narrow, inputTokens: 60, outputTokens: 40)
        func small(_ input: Int, _ output: Int) -> PickRequest.Candidate {
            .init(DeploymentID("small"), tier: 1, limits: narrow, inputTokens: input, outputTokens: output)
        }
        let grant = try await granted(request([large, small(50, 40)], scopes: [key], input: 900, output: 900))
        try equal(grant.candidate, 1)
        try equal([grant.lease.inputTokens, grant.lease.outputTokens], [50, 40])
        // The key has 50 left, which are too few for the larger of them.
        let denial = try await denied(request([large, small(1, 1)], scopes: [key]))
        try equal(denial.cause, .scope(key.scope))
        try equal(denial.dimension, .inputTokens)
        try equal(denial.used, 50)
        await settle(.used(grant.lease, inputTokens: 20, outputTokens: 10, nanodollars: 0))
        try await granted(request([small(30, 30)], scopes: [key]))
        let full = try await denied(request([large, small(1, 0)]))
        try equal(full.cause, .upstream)
        try equal(full.dimension, .inputTokens)
        try equal(full.used, 50)
    }

    func firstFit() async throws {
        let candidates = candidates([2, 1, 3], tiers: [0, 0, 1])
        var order: [Int] = []
        for _ in 0..<6 { order.append(try await chosen(candidates) { $0.softRatio = 1 }) }
        try equal(order, [0, 0, 1, 2, 2, 2])
        let first = try await denied(request(candidates))
        try equal(first.retryAfter, .seconds(61))
        // What has room first is what is told of.
        try await advance(61_000)
        for _ in 0..<3 { _ = try await chosen(candidates) { $0.softRatio = 1 } }
        try await advance(10_000)
        for _ in 0..<3 { _ = try await chosen(candidates) { $0.softRatio = 1 } }
        let second = try await denied(request(candidates))
        try equal(second.retryAfter, .seconds(51))
        try equal(second.limit, 2)
    }

    func softRatio() async throws {
        let candidates = candidates([10, 10, 10], tiers: [0, 0, 1])
        var order: [Int] = []
        for _ in 0..<20 { order.append(try await chosen(candidates) { $0.softRatio = 0.8 }) }
        // Eight each, then what is left of the first and the second; the next tier is not touched.
        let eight = [Int](repeating: 0, count: 8) + [Int](repeating: 1, count: 8)
        try equal(order, eight + [0, 0, 1, 1])
        try equal(try await chosen(candidates) { $0.softRatio = 0.8 }, 2)
    }

    func mostHeadroom() async throws {
        let candidates = candidates([4, 10, 100], tiers: [0, 0, 1])
        var order: [Int] = []
        for _ in 0..<6 { order.append(try await chosen(candidates) { $0.mode = .mostHeadroom }) }
        // Left would be 3 of 4 against 9 of 10, then 8 of 10, then 7 of 10; of equals the first is taken.
        try equal(order, [1, 1, 0, 1, 1, 0])
        for _ in 0..<8 { order.append(try await chosen(candidates) { $0.mode = .mostHeadroom }) }
        try equal(order.count { $0 == 0 }, 4)
        try equal(order.count { $0 == 1 }, 10)
        try equal(try await chosen(candidates) { $0.mode = .mostHeadroom }, 2)
    }

    func twoChoices() async throws {
        let candidates = candidates([1_000, 1_000, 1_000, 1_000])
        var generator = SeededGenerator(seed: 7)
        var counts = [0, 0, 0, 0]
        for _ in 0..<400 {
            let seed = generator.next()
            counts[try await chosen(candidates) { ($0.mode, $0.seed) = (.twoChoices, seed) }] += 1
        }
        // Two choices even out: far closer to 100 each than chance would be.
        try require(counts.allSatisfy { abs($0 - 100) <= 5 }, "\(counts)")
        // One that is full is never drawn.
        let full = self.candidates([100, 100]) + [.init(DeploymentID("free"))]
        for _ in 0..<10 {
            let seed = generator.next()
            try equal(try await chosen(full) { ($0.mode, $0.seed) = (.twoChoices, seed) }, 2)
        }
    }

    func blocks() async throws {
        let both: [PickRequest.Candidate] = [.init(Self.east), .init(DeploymentID("west"))]
        let block = ProviderTruth.Block(.inputTokens, wait: .milliseconds(7_500))
        await feedback(ProviderTruth(deployment: Self.east, limits: Limits(), blocks: [block]))
        try equal(try await granted(request(both)).candidate, 1)
        let denial = try await denied(request())
        try equal(denial.dimension, .inputTokens)
        try equal(denial.limit, nil)
        try equal(denial.retryAfter, .milliseconds(7_500))
        // A shorter block does not end a longer one.
        let short = ProviderTruth.Block(.inputTokens, wait: .seconds(1))
        await feedback(ProviderTruth(deployment: Self.east, limits: Limits(), blocks: [short]))
        try await advance(7_499)
        try equal(try await granted(request(both)).candidate, 1)
        try await advance(1)
        try equal(try await granted(request(both)).candidate, 0)
    }

    func readings() async throws {
        let limits = Self.limits(requests: 100, total: 10_000)
        let reading = ProviderTruth.Reading(.requests, limit: 100, remaining: 3, reset: .seconds(20))
        await feedback(ProviderTruth(deployment: Self.east, limits: limits, readings: [reading]))
        try equal(try await grantedCount(of: 5) { request(limits) }, 3)
        let denial = try await denied(request(limits))
        try equal(denial.dimension, .requests)
        try equal(denial.retryAfter, .seconds(20))
        // A later word replaces it.
        let readings: [ProviderTruth.Reading] = [
            .init(.requests, remaining: 2, reset: .seconds(30)),
            .init(.totalTokens, remaining: 15, reset: .seconds(1)),
        ]
        await feedback(ProviderTruth(deployment: Self.east, limits: limits, readings: readings))
        try equal(try await grantedCount(of: 5) { request(limits) }, 1)
        try equal(try await denied(request(limits)).dimension, .totalTokens)
        try await advance(1_000)
        try equal(try await grantedCount(of: 5) { request(limits) }, 1)
        try await advance(29_000)
        try equal(try await grantedCount(of: 5) { request(limits) }, 5)
    }

    func uncounted() async throws {
        let limits = Self.limits(requests: 100)
        try equal(try await grantedCount(of: 4) { request(limits) }, 4)
        try await advance(10_000)
        try equal(try await grantedCount(of: 3) { request(limits) }, 3)
        let reading = ProviderTruth.Reading(.requests, remaining: 5, reset: .seconds(30))
        await feedback(ProviderTruth(
            deployment: Self.east, limits: limits, readings: [reading], uncounted: .milliseconds(500)))
        try equal(try await grantedCount(of: 9) { request(limits) }, 2)
    }
}
