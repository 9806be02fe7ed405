import LoadGenerator
import NIOCore

/// One leg under one kind of load, once.
struct GatewayWindow {
    let stage: GatewayStage
    let generator: LoadGenerator
    let leg: GatewayLeg
    let kind: WindowKind
    let round: Int
    let seconds: Double
    /// Requests a second the leg has reached; nil before it was asked to.
    let ceiling: Double?
    let seed: UInt64

    func measure() async throws -> Result<WindowFigures, VoidWindowError> {
        if leg.server == .redis { return measureRedis() }
        let length = Duration.milliseconds(Int(max(seconds, kind.leastSeconds) * 1000))
        guard var plan = kind.plan(for: length, ceiling: ceiling, seed: seed),
            let warmUp = kind.plan(for: max(length / 8, .milliseconds(200)), ceiling: ceiling, seed: ~seed)
        else { return .failure(void(0, "its ceiling is not known")) }
        plan.expectation = leg.expectation
        _ = try await generator.run(warmUp, against: leg.target, makeRequest: leg.makeRequest)
        let server = stage.processes[leg.server].map(\.id)
        let redis = stage.processes[.redis].map(\.id)
        let before = (usage(server), usage(redis))
        let load = try await generator.run(plan, against: leg.target, makeRequest: leg.makeRequest)
        let after = (usage(server), usage(redis))
        guard load.isValid else { return .failure(void(load.failures, load.firstFailure ?? "nothing was answered")) }
        var figures = WindowFigures(leg: leg.name, kind: kind, round: round)
        figures.requests = load.completed
        figures.requestsPerSecond = load.requestsPerSecond
        figures.p50 = load.latency.p50.inMicroseconds
        figures.p99 = load.latency.p99.inMicroseconds
        figures.max = load.latency.max.inMicroseconds
        figures.firstByteP50 = load.firstByte.p50.inMicroseconds
        figures.firstByteP99 = load.firstByte.p99.inMicroseconds
        figures.gapP50 = load.gaps.p50.inMicroseconds
        figures.gapP99 = load.gaps.p99.inMicroseconds
        figures.transitP50 = load.transit.p50.inMicroseconds
        figures.transitP99 = load.transit.p99.inMicroseconds
        let requests = Double(load.completed)
        let used = after.0.processorTime - before.0.processorTime
        figures.processorTime = used.inMicroseconds / requests
        figures.redisProcessorTime = (after.1.processorTime - before.1.processorTime).inMicroseconds / requests
        figures.busy = used / load.elapsed
        figures.residentMiB = after.0.residentMiB
        return .success(figures)
    }

    /// `redis-benchmark` counts requests, not time.
    private func measureRedis() -> Result<WindowFigures, VoidWindowError> {
        let isSingle = kind == .single
        _ = ChildProcess.output(of: RedisFloor.priming(port: stage.redisPort), in: stage.directory)
        let command = RedisFloor.command(
            port: stage.redisPort, connections: isSingle ? 1 : WindowKind.ceilingConnections,
            requests: Int(seconds * (isSingle ? 20_000 : 100_000)), core: stage.cores.server)
        guard let output = ChildProcess.output(of: command, in: stage.directory),
            let found = RedisFloor.figures(output)
        else { return .failure(void(0, "redis-benchmark printed no figures")) }
        var figures = WindowFigures(leg: leg.name, kind: kind, round: round)
        figures.requestsPerSecond = found.requestsPerSecond
        (figures.p50, figures.p99, figures.max) = (found.p50, found.p99, found.max)
        return .success(figures)
    }

    private func void(_ failures: Int, _ reason: String) -> VoidWindowError {
        VoidWindowError(
            window: VoidWindow(leg: leg.name, kind: kind, round: round, failures: failures, reason: reason))
    }

    private func usage(_ process: Int32?) -> ProcessUsage { process.map(ProcessUsage.ofTree) ?? .none }
}
