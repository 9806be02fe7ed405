import CurlClient
import LoadGenerator
import NIOCore
import NIOPosix
import Telemetry

/// The gateway beside nginx and the bare provider, in windows that take turns.
struct GatewayBench {
    var modelDirectory: String
    /// Of each window, in seconds.
    var seconds: Double
    var rounds: Int
    /// Entries of the large partition.
    var entries: Int
    /// Of the order of the windows.
    var seed: UInt64
    /// Legs to run, by the beginning of their names; empty runs all.
    var only: [String] = []

    func run() async throws -> GatewayBenchReport {
        let directory = try WorkDirectory()
        let cores = Cores(in: directory)
        let curl = try CurlClient(configuration: CurlClientConfiguration())
        let report: GatewayBenchReport
        do {
            let stage = try await GatewayStage(
                modelDirectory: modelDirectory, directory: directory, cores: cores, curl: curl)
            defer { stage.stopGateway() }
            report = try await measure(stage)
        } catch {
            cores.releaseThisProcess()
            await curl.shutdown()
            throw error
        }
        cores.releaseThisProcess()
        await curl.shutdown()
        return report
    }

    private func measure(_ stage: GatewayStage) async throws -> GatewayBenchReport {
        var report = GatewayBenchReport()
        report.placement = stage.cores.server == nil
            ? "not pinned: one processor, or no taskset"
            : "server under test on processor 0; load generator, mock and Redis on processor 1"
        if stage.nginx == nil {
            report.notes.append("nginx is not installed (package nginx-light): its legs are left out")
        }
        try await measureStart(stage, into: &report)
        stage.cores.pinThisProcess(in: stage.directory)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try await measureLegs(stage, LoadGenerator(group: group), into: &report)
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
        report.process.afterMiB = resident(stage)
        return report
    }

    /// Starts without a model, with it, and with all entries to mirror.
    private func measureStart(_ stage: GatewayStage, into report: inout GatewayBenchReport) async throws {
        report.process.startWithoutModelMilliseconds = try await stage.startGateway(mode: "exact").inMilliseconds
        report.process.idleWithoutModelMiB = resident(stage)
        report.process.startMilliseconds = try await stage.startGateway(mode: "semantic").inMilliseconds
        report.process.idleMiB = resident(stage)
        stage.stopGateway()
        BenchProgress.show("storing \(entries) entries")
        try await CacheFilling(configuration: stage.configuration(mode: "semantic")).run(entries: entries)
        let start = ContinuousClock.now
        _ = try await stage.startGateway(mode: "semantic")
        BenchProgress.show("mirroring")
        while try await !stage.readiness().contains("\"mirror_complete\":true") {
            guard start.duration(to: .now) < .seconds(120) else {
                throw BenchError("the mirror was not complete after two minutes")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        report.process.mirrorSeconds = start.duration(to: .now) / .seconds(1)
        let readiness = try await stage.readiness()
        let count = readiness.split(separator: "\"mirror_entries\":").last?.prefix { $0.isNumber } ?? ""
        report.process.mirroredEntries = Int(count) ?? 0
        report.process.mirroredMiB = resident(stage)
    }

    private func measureLegs(
        _ stage: GatewayStage, _ generator: LoadGenerator, into report: inout GatewayBenchReport
    ) async throws {
        let legs = GatewayLegs(
            mock: stage.mockTarget, paced: stage.pacedTarget, nginx: stage.nginx == nil ? nil : stage.nginxTarget,
            refrain: stage.gatewayTarget, entries: entries
        ).all.filter { leg in only.isEmpty || only.contains { leg.name.hasPrefix($0) } }
        var random = BenchRandom(seed: seed)
        let windows = legs.flatMap { leg in leg.concurrencies.map { (leg: leg, concurrency: $0) } }
        for round in 1...max(rounds, 1) {
            for (number, window) in windows.shuffled(using: &random).enumerated() {
                BenchProgress.show(
                    "round \(round)/\(rounds), window \(number + 1)/\(windows.count): \(window.leg.name), "
                        + "\(window.concurrency) at a time")
                report.windows.append(
                    try await measure(window.leg, window.concurrency, round, on: stage, by: generator))
            }
        }
        BenchProgress.clear()
        let order = Dictionary(uniqueKeysWithValues: legs.enumerated().map { ($1.name, $0) })
        report.windows.sort { (order[$0.leg] ?? 0, $0.round) < (order[$1.leg] ?? 0, $1.round) }
    }

    private func measure(
        _ leg: GatewayLeg, _ concurrency: Int, _ round: Int, on stage: GatewayStage, by generator: LoadGenerator
    ) async throws -> GatewayBenchReport.Window {
        let length = Duration.milliseconds(Int(seconds * 1000))
        let warmUp = try await generator.run(
            leg.plan(concurrency: concurrency, for: length / 8), against: leg.target, makeRequest: leg.makeRequest)
        let server = switch leg.server {
        case .mock: stage.mock.id
        case .nginx: stage.nginx?.id
        case .refrain: stage.gateway?.id
        }
        let before = (usage(server), usage(stage.redis.id))
        let load = try await generator.run(
            leg.plan(concurrency: concurrency, for: length), against: leg.target, makeRequest: leg.makeRequest)
        let after = (usage(server), usage(stage.redis.id))
        let requests = Double(max(load.completed, 1))
        return GatewayBenchReport.Window(
            leg: leg.name, concurrency: concurrency, round: round, requests: load.completed,
            requestsPerSecond: load.requestsPerSecond, p50: load.latency.p50.inMicroseconds,
            p99: load.latency.p99.inMicroseconds, max: load.latency.max.inMicroseconds,
            firstByteP50: load.firstByte.p50.inMicroseconds, gapP50: load.gaps.p50.inMicroseconds,
            gapP99: load.gaps.p99.inMicroseconds,
            processorTime: (after.0 - before.0).inMicroseconds / requests,
            redisProcessorTime: (after.1 - before.1).inMicroseconds / requests,
            failures: load.failures, firstFailure: load.firstFailure ?? warmUp.firstFailure)
    }

    private func usage(_ process: Int32?) -> Duration {
        process.map { ProcessUsage.ofTree($0).processorTime } ?? .zero
    }

    private func resident(_ stage: GatewayStage) -> Double {
        stage.gateway.map { Double(ProcessUsage.ofTree($0.id).residentBytes) / 1_048_576 } ?? 0
    }
}
