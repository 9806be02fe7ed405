import GatewayCore
import NIOConcurrencyHelpers
import Testing

@testable import Routing

@Suite("Attempts that wait")
struct AttemptsWaitingTests {
    /// Answers as told, then grants.
    private final class Script: LimitStore {
        private let denials: NIOLockedValueBox<[Denial]>
        let picks = NIOLockedValueBox(0)

        init(_ denials: [Denial]) { self.denials = NIOLockedValueBox(denials) }

        func deny(_ denial: Denial) { denials.withLockedValue { $0.append(denial) } }

        func pick(_ request: PickRequest) async throws(LimitError) -> PickResult {
            picks.withLockedValue { $0 += 1 }
            if let denial = denials.withLockedValue({ $0.isEmpty ? nil : $0.removeFirst() }) { return .denied(denial) }
            return .granted(
                Grant(
                    candidate: 0, lease: Lease(of: request, candidate: 0, second: 0, holder: .local), standings: [],
                    committed: [], isNearBudget: false))
        }

        let settled = NIOLockedValueBox<[@Sendable () -> Void]>([])

        func settle(_ settlement: Settlement, then done: @escaping @Sendable () -> Void) {
            settled.withLockedValue { $0.append(done) }
        }

        func feedback(_ truth: ProviderTruth) {}

        func renew(_ leases: [Lease]) {}
    }

    private func router(_ script: Script, _ change: (inout RoutingConfiguration) -> Void = { _ in }) -> Router {
        var configuration = RoutingConfiguration()
        configuration.providers = [ProviderConfiguration(name: "p", baseURL: "http://p/v1")]
        var target = TargetConfiguration(provider: "p", model: "m")
        target.limits.requests = 600
        configuration.routes = [RouteConfiguration(model: "m", targets: [target])]
        configuration.waiting.longestWait = .seconds(60)
        change(&configuration)
        return Router(configuration: configuration, health: HealthBoard(replica: "r"), limits: script)
    }

    private func upstream(_ wait: Duration?) -> Denial {
        Denial(cause: .upstream, dimension: .requests, limit: 600, used: 600, retryAfter: wait)
    }

    private func attempts(_ router: Router) throws -> RouteAttempts {
        try router.attempts(for: RouteRequest(model: "m", tenant: TenantID("t")))
    }

    @Test("A request waits for room at its targets and then has it", .timeLimit(.minutes(1)))
    func waits() async throws {
        let script = Script([upstream(.milliseconds(20)), upstream(.milliseconds(10))])
        var attempts = try attempts(router(script))
        let attempt = try await attempts.next()
        #expect(attempt?.target.deployment == DeploymentID("p/m"))
        #expect(try #require(attempts.queued) >= .milliseconds(30))
        #expect(script.picks.withLockedValue { $0 } == 3)
    }

    @Test("What takes too long, will never be, or is the tenant's own affair is refused without a wait", arguments: [
        Denial(cause: .upstream, dimension: .requests, limit: 600, used: 600, retryAfter: .seconds(300)),
        Denial(cause: .upstream, dimension: .totalTokens, limit: 10, used: 0, retryAfter: nil),
        Denial(
            cause: .scope(LimitScope(.tenant, "t")), dimension: .requests, limit: 1, used: 1,
            retryAfter: .milliseconds(1)),
        Denial(cause: .budget(LimitScope(.tenant, "t"), .day), dimension: nil, limit: 1, used: 1, retryAfter: nil),
    ])
    func refused(denial: Denial) async throws {
        let script = Script([denial])
        var attempts = try attempts(router(script))
        do {
            _ = try await attempts.next()
            Issue.record("expected a refusal")
        } catch {
            #expect(error.status == 429)
            #expect(error.retryAfter == denial.retryAfter)
        }
        #expect(attempts.queued == nil)
        #expect(script.picks.withLockedValue { $0 } == 1)
    }

    @Test("A tenant's calls under way are waited for unless the rules say otherwise", .timeLimit(.minutes(1)))
    func concurrency() async throws {
        let denial = Denial(
            cause: .concurrency(LimitScope(.tenant, "t")), dimension: nil, limit: 4, used: 4,
            retryAfter: .milliseconds(5))
        var waiting = try attempts(router(Script([denial])))
        #expect(try await waiting.next() != nil)
        #expect(waiting.queued != nil)
        var hasty = try attempts(router(Script([denial])) { $0.waiting.waitsForConcurrency = false })
        await #expect(throws: GatewayError.self) { try await hasty.next() }
    }

    @Test("Who waits for a call to end looks again when the store knows of it, and no sooner", .timeLimit(.minutes(1)))
    func settledFirst() async throws {
        let denial = Denial(
            cause: .concurrency(LimitScope(.tenant, "t")), dimension: nil, limit: 1, used: 1,
            retryAfter: .seconds(50))
        let script = Script([])
        let router = router(script) { configuration in
            var rules = TenantRules(TenantID("t"))
            rules.scope.limits.concurrency = 1
            configuration.tenants[TenantID("t")] = rules
        }
        var first = try attempts(router)
        let call = try #require(try await first.next())
        script.deny(denial)
        let waiting = Task { [attempts = try attempts(router)] in
            var attempts = attempts
            return try await attempts.next() != nil
        }
        while router.waiting == 0 { await Task.yield() }
        call.end(.answered(usage: nil, firstToken: nil))
        // Turns enough for one who was woken to look.
        for _ in 0..<1_000 { await Task.yield() }
        #expect(script.picks.withLockedValue { $0 } == 2, "the store has not heard of it")
        let settled = script.settled.withLockedValue { $0 }
        #expect(settled.count == 1)
        for done in settled { done() }
        #expect(try await waiting.value)
        #expect(script.picks.withLockedValue { $0 } == 3)
    }

    @Test("One that would wait too long behind its tenant's own calls is told of that limit", .timeLimit(.minutes(1)))
    func ownLimit() async throws {
        let denial = Denial(
            cause: .concurrency(LimitScope(.tenant, "t")), dimension: nil, limit: 1, used: 1,
            retryAfter: .seconds(50))
        let router = router(Script([denial])) { configuration in
            var rules = TenantRules(TenantID("t"))
            rules.scope.limits.concurrency = 1
            configuration.tenants[TenantID("t")] = rules
        }
        let waiting = Task { [attempts = try attempts(router)] in
            var attempts = attempts
            return try await attempts.next()
        }
        while router.waiting == 0 { await Task.yield() }
        var request = RouteRequest(model: "m", tenant: TenantID("t"))
        request.deadline = .now + .seconds(5)
        var hasty = try router.attempts(for: request)
        do {
            _ = try await hasty.next()
            Issue.record("expected a refusal")
        } catch {
            #expect(error.refusal == LimitRefusal(.tenant, .concurrency))
            #expect(error.message == "the tenant has used its limit of 1 requests at the same time")
        }
        waiting.cancel()
        _ = try? await waiting.value
    }

    @Test("The caller's own deadline is kept, and nobody waits where nobody may", .timeLimit(.minutes(1)))
    func deadline() async throws {
        let patient = router(Script([upstream(.milliseconds(500))]))
        var request = RouteRequest(model: "m", tenant: TenantID("t"))
        request.deadline = .now + .milliseconds(100)
        var attempts = try patient.attempts(for: request)
        await #expect(throws: GatewayError.self) { try await attempts.next() }
        let closed = router(Script([upstream(.milliseconds(1))])) { $0.waiting.longestWait = .zero }
        var other = try self.attempts(closed)
        await #expect(throws: GatewayError.self) { try await other.next() }
    }

    @Test("One that is cancelled while it waits leaves, and asks no more", .timeLimit(.minutes(1)))
    func cancelled() async throws {
        let script = Script([upstream(.seconds(30))])
        let router = router(script)
        let attempts = try attempts(router)
        let task = Task {
            var attempts = attempts
            return try await attempts.next() == nil
        }
        while router.waiting == 0 { await Task.yield() }
        task.cancel()
        await #expect(throws: GatewayError.self) { try await task.value }
        #expect(router.waiting == 0)
        #expect(script.picks.withLockedValue { $0 } == 1)
    }
}
