import CurlClient
import LoadGenerator
import NIOCore
import NIOPosix
import Telemetry

/// The gateway in each of its configurations, beside its peers and the bare provider, in windows that take turns.
struct GatewayBench {
    var modelDirectory: String
    /// With the configurations of the peers.
    var peersDirectory: String
    /// Of each window, in seconds.
    var seconds: Double
    var rounds: Int
    /// Entries of the large partition.
    var entries: Int
    /// Of the order of the windows.
    var seed: UInt64
    /// Legs to run, by a part of their names; empty runs all.
    var only: [String] = []

    func run() async throws -> GatewayBenchReport {
        try await withStage { stage in
            var report = GatewayBenchReport()
            report.entries = entries
            report.windowSeconds = seconds
            report.rounds = rounds
            report.placement = stage.cores.server == nil
                ? "Not pinned: one processor, or no taskset"
                : "Server under test on processor 0; load generator, provider and Redis on processor 1"
            try await GatewayStarts(stage: stage, peersDirectory: peersDirectory, entries: entries)
                .run(into: &report)
            stage.cores.pinThisProcess(in: stage.directory)
            try await Self.withGenerator { generator in
                try await measureLegs(stage, generator, into: &report)
            }
            report.process.afterMiB = stage.processes[.exact].map { ProcessUsage.ofTree($0.id).residentMiB }
            return report
        }
    }

    /// Runs `body` with the servers of the benchmark and ends them behind it.
    func withStage<Result>(_ body: (GatewayStage) async throws -> Result) async throws -> Result {
        let directory = try WorkDirectory()
        let cores = Cores(in: directory)
        let curl = try CurlClient(configuration: CurlClientConfiguration())
        do {
            let stage = try await GatewayStage(
                modelDirectory: modelDirectory, directory: directory, cores: cores, curl: curl)
            defer { stage.stopAll() }
            let result = try await body(stage)
            cores.releaseThisProcess()
            await curl.shutdown()
            return result
        } catch {
            cores.releaseThisProcess()
            await curl.shutdown()
            throw error
        }
    }

    static func withGenerator(_ body: (LoadGenerator) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try await body(LoadGenerator(group: group))
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private func measureLegs(
        _ stage: GatewayStage, _ generator: LoadGenerator, into report: inout GatewayBenchReport
    ) async throws {
        let legs = GatewayLegs(targets: stage.targets).all.filter { leg in
            only.isEmpty || only.contains { leg.name.rawValue.contains($0) }
        }
        for leg in legs where leg.priming > 0 {
            BenchProgress.show("asking first what '\(leg.name.rawValue)' shall find")
            var plan = LoadPlan(.closed(connections: 8), for: .seconds(60))
            plan.requestLimit = leg.priming
            _ = try await generator.run(plan, against: leg.target, makeRequest: leg.makeRequest)
        }
        let byName = Dictionary(uniqueKeysWithValues: legs.map { ($0.name, $0) })
        let places = legs.flatMap { leg in leg.kinds.map { WindowOrder.Place(leg: leg.name, kind: $0) } }
        var random = BenchRandom(seed: seed)
        for round in 1...max(rounds, 1) {
            for (number, place) in WindowOrder.shuffled(places, using: &random).enumerated() {
                BenchProgress.show(
                    "round \(round)/\(rounds), window \(number + 1)/\(places.count): \(place.leg.rawValue), "
                        + place.kind.rawValue)
                guard let leg = byName[place.leg] else { continue }
                let arrivals = random.next()
                let window = GatewayWindow(
                    stage: stage, generator: generator, leg: leg, kind: place.kind, round: round, seconds: seconds,
                    ceiling: report.median(place.leg, .ceiling, \.requestsPerSecond), seed: arrivals)
                let (figures, voids) = try await WindowAttempts.firstValid(window.measure)
                report.voids += voids
                if let figures { report.windows.append(figures) }
            }
        }
        BenchProgress.clear()
    }
}
