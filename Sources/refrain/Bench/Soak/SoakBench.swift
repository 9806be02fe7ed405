import LoadGenerator
import NIOCore

/// Half of what the gateway can do, for a long time, of everything it does.
struct SoakBench {
    let stage: GatewayStage
    let generator: LoadGenerator
    let minutes: Int
    let seed: UInt64
    /// Called with each minute when it is over.
    let onMinute: (SoakMinute) -> Void

    private static let entries = 10_000
    private static let knownQuestions = 1_000

    func run() async throws -> SoakReport {
        BenchProgress.show("storing \(Self.entries) entries")
        try await CacheFilling(configuration: try stage.configuration(of: .soak)).run(entries: Self.entries)
        _ = try await stage.startGateway(.soak)
        _ = try await stage.awaitMirror(of: .soak)
        stage.cores.pinThisProcess(in: stage.directory)
        let target = stage.target(.soak)
        let number = Counter()
        let makeRequest: @Sendable () -> ByteBuffer = {
            let (model, question) = Self.request(number.next())
            return HTTPRequestBytes.post(
                GatewayLegs.body(model: model, question: question), path: "/v1/chat/completions", to: target)
        }
        var report = SoakReport()
        BenchProgress.show("finding the ceiling")
        let ceiling = LoadPlan(.closed(connections: WindowKind.ceilingConnections), for: .seconds(10))
        // The first time warms up.
        for _ in 0..<2 {
            report.ceiling = try await generator.run(ceiling, against: target, makeRequest: makeRequest)
                .requestsPerSecond
        }
        for minute in 1...minutes {
            BenchProgress.show("minute \(minute) of \(minutes)")
            guard let plan = WindowKind.half.plan(
                for: .seconds(60), ceiling: report.ceiling, seed: seed &+ UInt64(minute))
            else { throw BenchError("the gateway answered nothing") }
            let load = try await generator.run(plan, against: target, makeRequest: makeRequest)
            let usage = stage.processes[.soak].map { ProcessUsage.ofTree($0.id) } ?? .none
            let figures = SoakMinute(
                minute: minute, requestsPerSecond: load.requestsPerSecond, p50: load.latency.p50.inMicroseconds,
                p99: load.latency.p99.inMicroseconds, residentMiB: usage.residentMiB, failures: load.failures)
            report.minutes.append(figures)
            BenchProgress.clear()
            onMinute(figures)
        }
        report.verdict = SoakVerdict(report.minutes)
        return report
    }

    /// Of twenty requests, ten are answered by key, six by meaning with a known text, one with a new text, and three
    /// by the provider.
    static func request(_ number: Int) -> (model: String, question: String) {
        switch number % 20 {
        case 0, 6, 14: ("any", Questions.unrelated(number))
        case 10: (GatewayLegs.largeModel, Questions.rewording(knownQuestions + number))
        case let place where place % 2 == 1:
            (GatewayLegs.largeModel, Questions.base[number % Questions.base.count])
        default: (GatewayLegs.largeModel, Questions.rewording(number % knownQuestions))
        }
    }
}
