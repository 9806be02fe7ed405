/// The part of the fleet's limits that one replica keeps to by itself.
struct LimitShare: Sendable {
    let replicas: Int

    /// Replicas start and end while nobody counts them.
    private static let margin = 0.9

    private func share(_ whole: Int) -> Int { Int(Double(whole) * Self.margin / Double(max(1, replicas))) }

    /// At least one call of `cost` fits, if it fits the whole: a large call of a small limit is not shut out for good.
    func limits(_ whole: Limits, input: Int, output: Int) -> Limits {
        func part(_ limit: Int?, _ cost: Int) -> Int? { limit.map { max(share($0), min($0, cost)) } }
        let (input, output) = (max(0, input), max(0, output))
        let total = input.addingReportingOverflow(output).overflow ? Int.max : input + output
        var limits = whole
        limits.requests = part(whole.requests, 1)
        limits.inputTokens = part(whole.inputTokens, input)
        limits.outputTokens = part(whole.outputTokens, output)
        limits.totalTokens = part(whole.totalTokens, total)
        limits.requestsPerDay = part(whole.requestsPerDay, 1)
        limits.tokensPerDay = part(whole.tokensPerDay, total)
        limits.concurrency = part(whole.concurrency, 1)
        return limits
    }

    /// The share that counts for a call already made.
    func limits(_ whole: Limits, of lease: Lease) -> Limits {
        limits(whole, input: lease.inputTokens, output: lease.outputTokens)
    }

    /// What a provider says is left is left to all replicas.
    func truth(_ whole: ProviderTruth) -> ProviderTruth {
        var part = whole
        part.limits = limits(whole.limits, input: 0, output: 0)
        for index in part.readings.indices { part.readings[index].remaining = share(part.readings[index].remaining) }
        return part
    }

    /// What may be committed in all: what already is, and the share of what is left.
    func budget(_ whole: Int, committed: Int) -> Int {
        committed >= whole ? whole : committed + share(whole - committed)
    }

    /// The request under this share of its limits. Budgets are left as they are.
    func request(_ request: PickRequest) -> PickRequest {
        var shared = request
        let most = request.mostTokens
        for index in shared.scopes.indices {
            shared.scopes[index].limits = limits(shared.scopes[index].limits, input: most.input, output: most.output)
        }
        for (index, candidate) in request.candidates.enumerated() {
            let own = request.tokens(at: candidate)
            shared.candidates[index].limits = limits(candidate.limits, input: own.input, output: own.output)
        }
        return shared
    }
}
