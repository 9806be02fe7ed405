import GatewayCore
import Logging
import NIOCore
import NIOPosix
import RedisClient
import RedisStores
import RequestAnalysis
import Routing

/// How well a fleet uses its providers' limits, and what one decision costs.
struct LimitsBench {
    /// What was measured, with units in the names.
    struct Report: Codable {
        var fleets: [FleetReport] = []
        var pick = PickBench.Report()
        /// Of reading the request and choosing a target, without Redis.
        var choiceMicroseconds = 0.0
        /// Of bringing a request's embedding into the learner's space and drawing one of four targets.
        var learnedMicroseconds = 0.0
        /// Of the script by which a replica exchanges what was learned, by Redis' own account.
        var redisMicrosecondsPerLesson = 0.0
    }

    private static let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

    let seed: UInt64

    func run() async throws -> Report {
        let own = try await BenchRedis()
        defer { own.server.stop() }
        var configuration = try RedisClientConfiguration(url: own.url)
        configuration.commandTimeout = .seconds(10)
        configuration.connectionCount = 1
        let redis = try RedisClient(
            configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: Self.quiet)
        redis.start()
        do {
            for _ in 0..<250 where !redis.isConnected { try await Task.sleep(for: .milliseconds(20)) }
            var report = Report()
            for scenario in FleetScenario.allCases {
                BenchProgress.show("five minutes of \(scenario.rawValue)")
                var simulation = FleetSimulation(scenario, redis: redis, seed: seed)
                report.fleets.append(try await simulation.run())
            }
            report.pick = try await PickBench(redis: redis).run()
            try measureChoice(into: &report)
            report.learnedMicroseconds = LearningBench(seed: seed).run()
            report.redisMicrosecondsPerLesson = try await LearningBench(seed: seed).exchangeCost(redis)
            await redis.shutdown()
            return report
        } catch {
            await redis.shutdown()
            throw error
        }
    }

    /// Reads a request of 2 KB and chooses among four targets in two tiers.
    private func measureChoice(into report: inout Report) throws {
        BenchProgress.show("choices")
        let analyzer = RequestAnalyzer(configuration: RequestAnalysisConfiguration())
        let text = Questions.base[..<30].joined(separator: " ")
        let request = try analyzer.parse(ByteBuffer(string: GatewayLegs.body(model: "auto", question: text)))
        var configuration = RoutingConfiguration()
        configuration.providers = [ProviderConfiguration(name: "p", baseURL: "http://127.0.0.1:1")]
        var route = RouteConfiguration(
            model: "auto",
            targets: [("a", "small"), ("b", "small"), ("c", "large"), ("d", "large")].map { model, tier in
                var target = TargetConfiguration(provider: "p", model: model)
                target.tier = tier
                return target
            })
        route.selection = SelectionConfiguration(tiers: ["small", "large"], defaultTier: "large")
        configuration.routes = [route]
        let router = Routing.Router(configuration: configuration, health: HealthBoard(replica: "b"), limits: nil)
        var times: [Double] = []
        for _ in 0..<5_000 {
            let start = ContinuousClock.now
            let traits = try analyzer.traits(of: request)
            _ = try router.attempts(for: RouteRequest(model: "auto", tenant: .open, traits: traits))
            times.append(start.duration(to: .now).inMicroseconds)
        }
        times.sort()
        report.choiceMicroseconds = times[times.count / 2]
    }
}

extension LimitsBench.Report {
    var table: TextTable {
        var table = TextTable([
            "five minutes, 1.3 × the limits", "offered", "denied", "429s", "429s %", "use %", "peak % of limit",
        ])
        for fleet in fleets {
            table.add([
                fleet.scenario, "\(fleet.offered)", "\(fleet.denied)", "\(fleet.refused)",
                Figure.text(fleet.refusedShare * 100), Figure.text(fleet.use * 100), Figure.text(fleet.peak * 100),
            ])
        }
        return table
    }

    var costs: TextTable {
        var table = TextTable(["one decision", "µs"])
        table.add(["pick among three, p50", Figure.text(pick.microseconds)])
        table.add(["pick among three, p99", Figure.text(pick.microsecondsAt99)])
        for (name, cost) in [
            ("its script", pick.redis), ("the same where all three are compared", pick.redisByHeadroom),
            ("the first for a tenant with tokens, calls under way and a budget", pick.redisOfTenant),
            ("a script of the bare commands", pick.floor),
        ] {
            table.add(["\(name), Redis' own account, one at a time", Figure.text(cost.alone)])
            table.add(["\(name), 16 on their way", Figure.text(cost.together)])
        }
        table.add(["reading 2 KB and choosing among four, p50", Figure.text(choiceMicroseconds)])
        table.add(["drawing one of four by what was learned, p50", Figure.text(learnedMicroseconds)])
        table.add([
            "exchanging what was learned of four targets, Redis' own account", Figure.text(redisMicrosecondsPerLesson),
        ])
        return table
    }

    var bars: [Bar] {
        var bars = fleets.flatMap { fleet in
            [
                Bar(
                    goal: "\(fleet.scenario): 429s of providers ≤ 0.1 % of the calls", limit: 0.1,
                    measured: fleet.refusedShare * 100),
                Bar(
                    goal: "\(fleet.scenario): use ≥ 93 %", limit: 93, measured: fleet.use * 100, isFloor: true),
            ]
        }
        if let fleet = fleets.first(where: { $0.scenario == FleetScenario.killed.rawValue }) {
            let killed = FleetScenario.eventSecond * 1000
            bars.append(
                Bar(
                    goal: "\(fleet.scenario): their places free again ≤ 5,000 ms behind the kill", limit: 5_000,
                    measured: fleet.lastHeld.map { Double(max(0, $0 - killed)) }))
        }
        if let fleet = fleets.first(where: { $0.scenario == FleetScenario.restarted.rawValue }) {
            let back = (FleetScenario.eventSecond + FleetScenario.outageSeconds) * 1000
            bars.append(
                Bar(
                    goal: "\(fleet.scenario): deciding together again ≤ 2,000 ms behind its return", limit: 2_000,
                    measured: fleet.lastDegraded.map { Double(max(0, $0 - back)) }))
        }
        bars.append(
            Bar(
                goal: "Redis CPU of a pick among three, 16 on their way ≤ 20 µs", limit: 20,
                measured: pick.redis.together))
        bars.append(Bar(goal: "pick p50 ≤ 500 µs", limit: 500, measured: pick.microseconds))
        bars.append(Bar(goal: "reading and choosing ≤ 100 µs", limit: 100, measured: choiceMicroseconds))
        bars.append(Bar(goal: "drawing by what was learned ≤ 20 µs", limit: 20, measured: learnedMicroseconds))
        bars.append(
            Bar(
                goal: "Redis CPU of an exchange of what was learned ≤ 300 µs", limit: 300,
                measured: redisMicrosecondsPerLesson))
        return bars
    }
}
