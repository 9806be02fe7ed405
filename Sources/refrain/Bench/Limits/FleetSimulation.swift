#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import GatewayCore
import Logging
import RedisClient
import RedisStores
import Routing

/// Several replicas that share three providers' limits through a real Redis, in simulated time.
///
/// The decisions are those of the gateway: the same scripts, but for where they take the time from, and the same
/// fallback. Tokens are estimated before a call and differ from what it uses.
struct FleetSimulation {
    /// One answer that is still being written.
    private struct Running {
        let end: Int
        let replica: Int
        let settlement: Settlement
    }

    /// One process of the gateway.
    private struct Replica {
        let store: FallbackLimitStore
        let line: SeverableStore
        let live: LiveReplicas
        var isAlive = true
    }

    private static let clockKey = "rf:{rl}:bench-now"
    private static let inputTokens = 100...900
    private static let outputTokens = 20...380
    /// Estimates are off by at most this share, either way.
    private static let estimateError = 0.25

    private let scenario: FleetScenario
    private let redis: RedisClient
    private let shared: RedisLimitStore
    private let time = SimulatedTime()
    private var random: BenchRandom
    private var providers: [SimulatedProvider]
    private var replicas: [Replica] = []
    private var running: [Running] = []
    private var report: FleetReport
    private var lease = 0

    init(_ scenario: FleetScenario, redis: RedisClient, seed: UInt64) {
        self.scenario = scenario
        self.redis = redis
        shared = RedisLimitStore(redis: redis, scripts: LimitScripts(clock: .key(Self.clockKey)))
        random = BenchRandom(seed: seed)
        providers = [
            SimulatedProvider("first", requests: 600, tokens: 300_000),
            SimulatedProvider("second", requests: 300, tokens: 360_000),
            SimulatedProvider("third", requests: 900, tokens: 450_000),
        ]
        report = FleetReport(scenario: scenario.rawValue)
        let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        for _ in 0..<FleetScenario.replicas {
            let (line, live) = (SeverableStore(shared), LiveReplicas())
            live.update(FleetScenario.replicas)
            let store = FallbackLimitStore(shared: line, replicas: live, logger: quiet, clock: time.clock)
            replicas.append(Replica(store: store, line: line, live: live))
        }
    }

    /// Plays the whole time.
    mutating func run() async throws -> FleetReport {
        _ = try await redis.send(RedisCommand("FLUSHALL"))
        let sending = Task { [shared] in await shared.run() }
        defer { sending.cancel() }
        let mean = Double(Self.inputTokens.lowerBound + Self.inputTokens.upperBound) / 2
            + Double(Self.outputTokens.lowerBound + Self.outputTokens.upperBound) / 2
        let capacity = providers.reduce(0) { $0 + $1.capacity(mean: mean) }
        let gap = 60_000 / (capacity * FleetScenario.load)
        var next = 0.0
        var second = -1
        while next < Double(FleetScenario.seconds * 1000) {
            // Arrivals are a Poisson process.
            next -= gap * log(1 - Double.random(in: 0..<1, using: &random))
            let now = Int(next)
            try await settle(until: now)
            let isNewSecond = now / 1000 != second
            if isNewSecond {
                second = now / 1000
                try await happen(at: second)
            }
            try await move(to: now)
            if isNewSecond { try await renew(at: now) }
            await arrive(at: now, mean: mean)
        }
        report.finish(providers, capacity: capacity, mean: mean)
        return report
    }

    private mutating func move(to milliseconds: Int) async throws {
        time.elapsed = milliseconds
        _ = try await redis.send(RedisCommand("SET", .string(Self.clockKey), .integer(Int(time.wall.milliseconds))))
    }

    private mutating func happen(at second: Int) async throws {
        switch scenario {
        case .steady: break
        case .killed:
            if second == FleetScenario.eventSecond {
                for index in replicas.indices.prefix(2) { replicas[index].isAlive = false }
                running.removeAll { !replicas[$0.replica].isAlive }
            }
            // Ten seconds without a word, and the census has forgotten them.
            if second == FleetScenario.eventSecond + 10 { for replica in replicas { replica.live.update(2) } }
        case .restarted:
            if second == FleetScenario.eventSecond { for replica in replicas { replica.line.cut(true) } }
            if second == FleetScenario.eventSecond + FleetScenario.outageSeconds {
                await shared.flush()
                _ = try await redis.send(RedisCommand("FLUSHALL"))
                _ = try await redis.send(RedisCommand("SCRIPT", .string("FLUSH")))
                for replica in replicas { replica.line.cut(false) }
            }
        }
    }

    /// Each replica that lives renews what its calls hold.
    private mutating func renew(at now: Int) async throws {
        for replica in replicas where replica.isAlive { replica.store.renewOpen() }
        await shared.flush()
        guard scenario == .killed, now >= FleetScenario.eventSecond * 1000 else { return }
        if try await heldPlaces() > running.count { report.lastHeld = now }
    }

    /// Places at providers that count as taken, for the whole fleet.
    private func heldPlaces() async throws -> Int {
        var held = 0
        for provider in providers {
            let later = "(\(time.wall.milliseconds)"
            let count = RedisCommand(
                "ZCOUNT", .string(Keyspace.leases(at: provider.deployment)), .string(later), .string("+inf"))
            held += Int(clamping: try await redis.send(count).integer ?? 0)
        }
        return held
    }

    private mutating func settle(until milliseconds: Int) async throws {
        let done = running.filter { $0.end <= milliseconds }.sorted { $0.end < $1.end }
        if done.isEmpty { return }
        running.removeAll { $0.end <= milliseconds }
        for call in done {
            try await move(to: call.end)
            replicas[call.replica].store.settle(call.settlement)
        }
        // What was handed over is counted at its own time, not at that of the next arrival.
        await shared.flush()
    }

    private mutating func arrive(at now: Int, mean: Double) async {
        report.offered += 1
        let alive = replicas.indices.filter { replicas[$0].isAlive }
        guard let index = alive.randomElement(using: &random) else { return }
        let input = Int.random(in: Self.inputTokens, using: &random)
        let output = Int.random(in: Self.outputTokens, using: &random)
        let error = Double.random(in: (1 - Self.estimateError)...(1 + Self.estimateError), using: &random)
        lease += 1
        var request = PickRequest(
            lease: LeaseID("bench-\(lease)"), inputTokens: Int(Double(input) * error),
            outputTokens: Int(Double(output) * error),
            candidates: providers.map {
                PickRequest.Candidate(
                    $0.deployment, limits: $0.limits.keepingFree(RoutingConfiguration.usualTokenMargin))
            })
        request.mode = .mostHeadroom
        request.life = RoutingConfiguration().leaseLife
        guard case .granted(let grant) = try? await replicas[index].store.pick(request) else {
            report.denied += 1
            return
        }
        let isDegraded = replicas[index].store.isDegraded
        if isDegraded { report.lastDegraded = now }
        guard providers[grant.candidate].take(tokens: input + output, at: now) else {
            refuse(grant, by: grant.candidate, to: index)
            return
        }
        let settlement = Settlement.used(grant.lease, inputTokens: input, outputTokens: output, nanodollars: 0)
        // An answer is written at some 60 tokens a second.
        running.append(Running(end: now + 300 + output * 16, replica: index, settlement: settlement))
    }

    private mutating func refuse(_ grant: Grant, by provider: Int, to replica: Int) {
        report.refused += 1
        let store = replicas[replica].store
        store.settle(.rateLimited(grant.lease))
        let block = ProviderTruth.Block(.requests, wait: .seconds(1))
        store.feedback(
            ProviderTruth(
                deployment: providers[provider].deployment, limits: providers[provider].limits, blocks: [block]))
    }
}
