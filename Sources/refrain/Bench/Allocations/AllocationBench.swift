import LoadGenerator
import NIOCore

/// Counts what the gateway allocates per request, with one connection, so that the count is the same every time.
struct AllocationBench {
    let stage: GatewayStage
    let generator: LoadGenerator
    /// The library that counts, as an absolute path.
    let library: String
    let requests: Int

    private static let streams = 320
    private static let tokens = (few: 10, many: 30)

    func run() async throws -> [AllocationKind: Double] {
        var found: [AllocationKind: Double] = [:]
        let exact = try await start(.exact)
        // The first time each question is a miss that is written back, then it is a hit.
        _ = try await count(exact, .exact, requests: Questions.base.count) { Questions.base[$0 % Questions.base.count] }
        found[.exactHit] = try await count(exact, .exact, expecting: "hit-exact") {
            Questions.base[$0 % Questions.base.count]
        }
        found[.miss] = try await count(exact, .exact, expecting: "miss") { Questions.unrelated($0) }
        stage.stop(.exact)

        let passing = try await start(.passing)
        found[.passThrough] = try await count(passing, .passing, expecting: "bypass") { Questions.unrelated($0) }
        let few = try await countStreams(passing, tokens: Self.tokens.few)
        let many = try await countStreams(passing, tokens: Self.tokens.many)
        found[.frame] = (many - few) / Double(Self.tokens.many - Self.tokens.few)
        stage.stop(.passing)

        try await CacheFilling(configuration: try stage.configuration(of: .remembering)).run(entries: 0)
        let semantic = try await start(.remembering)
        // Before, a hit would be a miss, written back and found by its key from then on.
        _ = try await stage.awaitMirror(of: .remembering)
        let known: @Sendable (Int) -> String = { Questions.rewording($0 % 64) }
        _ = try await count(semantic, .remembering, model: GatewayLegs.smallModel, requests: 128, question: known)
        found[.semanticHit] = try await count(
            semantic, .remembering, model: GatewayLegs.smallModel, expecting: "hit-semantic", question: known)
        return found
    }

    private func start(_ name: ServerName) async throws -> AllocationCounter {
        BenchProgress.show("counting in '\(name.rawValue)'")
        let counter = AllocationCounter(path: stage.directory.path("\(name.rawValue).mallocs"))
        _ = try await stage.startGateway(name, preload: counter.environment(library: library))
        return counter
    }

    /// Allocations per request, after a quarter as many to warm up.
    private func count(
        _ counter: AllocationCounter, _ name: ServerName, model: String = "any", expecting outcome: String? = nil,
        requests: Int? = nil, question: @escaping @Sendable (Int) -> String
    ) async throws -> Double {
        let target = stage.target(name)
        let number = Counter()
        let requests = requests ?? self.requests
        var plan = LoadPlan(
            .closed(connections: 1), for: .seconds(120),
            expecting: outcome.map { (name: "x-refrain-cache", value: $0) })
        return try await count(counter, &plan, against: target, requests) {
            HTTPRequestBytes.post(
                GatewayLegs.body(model: model, question: question(number.next())), path: "/v1/chat/completions",
                to: target)
        }
    }

    /// Allocations per stream of so many tokens, each in a frame and a read of its own.
    private func countStreams(_ counter: AllocationCounter, tokens: Int) async throws -> Double {
        let target = stage.target(.passing)
        var plan = LoadPlan(.closed(connections: 32), for: .seconds(120))
        let body = GatewayLegs.body(model: "paced", question: "Is anybody there?", isStream: true)
        let limited = "{\"max_tokens\":\(tokens)," + body.dropFirst()
        return try await count(counter, &plan, against: target, Self.streams) {
            HTTPRequestBytes.post(limited, path: "/v1/chat/completions", to: target)
        }
    }

    private func count(
        _ counter: AllocationCounter, _ plan: inout LoadPlan, against target: LoadTarget, _ requests: Int,
        _ makeRequest: @escaping @Sendable () -> ByteBuffer
    ) async throws -> Double {
        plan.requestLimit = max(requests / 4, 1)
        _ = try await generator.run(plan, against: target, makeRequest: makeRequest)
        let before = try await counter.settled()
        plan.requestLimit = requests
        let load = try await generator.run(plan, against: target, makeRequest: makeRequest)
        guard load.isValid else {
            throw BenchError("\(load.failures) requests failed: \(load.firstFailure ?? "nothing was answered")")
        }
        return Double(try await counter.settled() - before) / Double(load.completed)
    }
}
