import GatewayCore
import GatewayTesting
import Routing

/// What happens to a limiter, drawn from a seed. Small limits and few names, so that all of them are met.
struct LimitStory {
    enum Event {
        case pick(PickRequest)
        case settle((Lease) -> Settlement)
        case renew
        case feedback(ProviderTruth)
    }

    private var generator: SeededGenerator
    /// The same lease in both stores, and when it was granted.
    private var open: [(one: Lease, other: Lease, time: UnixTime)] = []
    private var known: [Limits?] = [nil, nil, nil, nil]

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// Mostly moments, at times minutes, once in a while days; and back by a little, as clocks are set.
    mutating func pause() -> Int {
        switch Int.random(in: 0..<100, using: &generator) {
        case 0: Int.random(in: 0..<200_000_000, using: &generator)
        case 1..<4: Int.random(in: 30_000..<130_000, using: &generator)
        case 4..<6: -Int.random(in: 0..<5_000, using: &generator)
        case 6..<40: Int.random(in: 0..<6_000, using: &generator)
        default: Int.random(in: 0..<400, using: &generator)
        }
    }

    mutating func next(_ step: Int) -> Event {
        switch Int.random(in: 0..<12, using: &generator) {
        case 0..<7: return .pick(request(step))
        case 7..<9:
            let (input, output, money) = (number(120), number(120), number(50))
            switch number(4) {
            case 0: return .settle { .notCounted($0) }
            case 1: return .settle { .rateLimited($0) }
            default:
                return .settle { .used($0, inputTokens: input, outputTokens: output, nanodollars: money) }
            }
        case 9..<11: return .renew
        default: return .feedback(truth())
        }
    }

    mutating func granted(_ one: Lease, _ other: Lease, at time: UnixTime) { open.append((one, other, time)) }

    /// One that is under way; now and then it stays there and is settled again. Those that could be forgotten are left
    /// out: one store does that a moment before the other.
    mutating func takeLease(at now: UnixTime) -> (Lease, Lease)? {
        guard let index = anyLease(at: now) else { return nil }
        let lease = number(5) == 0 ? open[index] : open.remove(at: index)
        return (lease.one, lease.other)
    }

    /// One that is under way, or was settled a moment ago.
    mutating func keepLease(at now: UnixTime) -> (Lease, Lease)? {
        anyLease(at: now).map { (open[$0].one, open[$0].other) }
    }

    private mutating func anyLease(at now: UnixTime) -> Int? {
        open.removeAll { now - $0.time > .seconds(500) }
        return open.isEmpty ? nil : Int.random(in: 0..<open.count, using: &generator)
    }

    private mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }

    private mutating func request(_ step: Int) -> PickRequest {
        var tier = 0
        let candidates = (0..<(1 + number(4))).map { _ in
            tier += number(3) == 0 ? 1 : 0
            let name = number(4)
            return PickRequest.Candidate(
                DeploymentID("d\(name)"), tier: tier, limits: limits(of: name), nanodollars: number(60),
                inputTokens: number(2) == 0 ? nil : number(100), outputTokens: number(2) == 0 ? nil : number(100))
        }
        var request = PickRequest(
            lease: LeaseID("lease \(step)"), inputTokens: number(100), outputTokens: number(100),
            candidates: candidates)
        request.life = .milliseconds(1_000 + number(100_000))
        request.mode = [.firstFit, .mostHeadroom, .twoChoices][number(3)]
        request.softRatio = [0.5, 0.85, 1][number(3)]
        request.seed = generator.next()
        if number(2) == 0 { request.scopes.append(ScopeLimits(LimitScope(.key, "k\(number(2))"), limits: wide())) }
        if number(2) == 0 {
            let budgets = [HardBudget.Period.day, .month, .total].filter { _ in number(2) == 0 }
                .map { HardBudget($0, nanodollars: 300 + number(2_000)) }
            request.scopes.append(
                ScopeLimits(LimitScope(.team, "t"), limits: number(2) == 0 ? Limits() : wide(), budgets: budgets))
        }
        return request
    }

    /// A deployment keeps its limits for a while.
    private mutating func limits(of name: Int) -> Limits {
        if let limits = known[name], number(40) > 0 { return limits }
        let fresh = limits()
        known[name] = fresh
        return fresh
    }

    private mutating func limits() -> Limits {
        var limits = Limits()
        if number(2) == 0 { limits.requests = number(12) }
        if number(3) == 0 { limits.inputTokens = 50 + number(1_500) }
        if number(3) == 0 { limits.outputTokens = 50 + number(1_500) }
        if number(3) == 0 { limits.totalTokens = 50 + number(3_000) }
        if number(6) == 0 { limits.requestsPerDay = number(60) }
        if number(6) == 0 { limits.tokensPerDay = number(9_000) }
        if number(5) == 0 { limits.concurrency = number(8) }
        if number(4) == 0 {
            // One that never refills is forgotten, after an hour of simulated time by one store alone.
            limits.window = .bucket
            limits.requests = limits.requests.map { $0 + 1 }
        }
        if number(5) == 0 { limits.burst = [0.5, 2, 6][number(3)] }
        limits.dayStart = 480
        return limits
    }

    private mutating func wide() -> Limits {
        var limits = Limits()
        limits.requests = 10 + number(20)
        if number(2) == 0 { limits.totalTokens = 2_000 + number(3_000) }
        if number(4) == 0 { limits.concurrency = 5 + number(10) }
        if number(4) == 0 { limits.requestsPerDay = 100 }
        return limits
    }

    private mutating func truth() -> ProviderTruth {
        let name = number(4)
        var truth = ProviderTruth(deployment: DeploymentID("d\(name)"), limits: limits(of: name))
        let dimensions = LimitDimension.allCases
        if number(3) == 0 {
            truth.blocks = [.init(dimensions[number(6)], wait: .milliseconds(number(20_000)))]
        }
        if number(3) > 0 {
            truth.readings = [
                .init(dimensions[number(6)], remaining: number(500), reset: .milliseconds(number(60_000)))
            ]
        }
        truth.uncounted = .milliseconds(number(2) * number(4_000))
        return truth
    }
}
