import GatewayCore
import GatewayTesting
import Testing

@testable import Routing

@Suite("Limits while the shared store is away")
struct FallbackLimitStoreTests {
    private static func limits(requests: Int) -> Limits {
        var limits = Limits()
        limits.requests = requests
        return limits
    }

    @Test("A store that is there decides alone, and is told of settlements")
    func healthy() async throws {
        let bench = FallbackBench()
        bench.replicas.update(10)
        #expect(try await bench.granted(of: 20) { bench.request(Self.limits(requests: 10)) } == 10)
        #expect(bench.shared.asked == 20)
        guard case .granted(let grant) = try await bench.store.pick(bench.request(Limits())) else { return }
        bench.store.settle(.notCounted(grant.lease))
        #expect(bench.shared.settled == [grant.lease.id])
        #expect(!bench.store.isDegraded)
    }

    @Test("Every call is decided while the store is away, it is asked once a second, and each change is one line")
    func breaker() async throws {
        let bench = FallbackBench()
        try await bench.loseShared()
        #expect(bench.store.isDegraded)
        #expect(bench.shared.asked == 5)
        for _ in 0..<100 { #expect(try await bench.isGranted(bench.request(Limits()))) }
        #expect(bench.shared.asked == 5)
        for second in 1...3 {
            bench.clock.advance(by: .seconds(1))
            for _ in 0..<10 { #expect(try await bench.isGranted(bench.request(Limits()))) }
            #expect(bench.shared.asked == 5 + second)
        }
        #expect(bench.lines.count(of: FallbackBench.away) == 1)
        bench.shared.comeBack()
        bench.clock.advance(by: .seconds(1))
        for _ in 0..<10 { #expect(try await bench.isGranted(bench.request(Limits()))) }
        #expect(!bench.store.isDegraded)
        #expect(bench.shared.asked == 18)
        #expect(bench.lines.count(of: FallbackBench.away) == 1)
        #expect(bench.lines.count(of: FallbackBench.back) == 1)
    }

    @Test("Alone, a replica keeps to its share of the limits, and what it used before counts")
    func share() async throws {
        let bench = FallbackBench()
        bench.replicas.update(3)
        let limits = Self.limits(requests: 100)
        #expect(try await bench.granted(of: 20) { bench.request(limits) } == 20)
        try await bench.loseShared()
        // 100 ÷ 3 × 0.9 is 30, of which 20 were used a moment ago; the five without limits were calls all the same.
        #expect(try await bench.granted(of: 100) { bench.request(limits) } == 5)
        bench.clock.advance(by: .seconds(61))
        #expect(try await bench.granted(of: 100) { bench.request(limits) } == 30)
        // Fewer replicas, larger shares: limits are arguments.
        bench.replicas.update(2)
        #expect(try await bench.granted(of: 100) { bench.request(limits) } == 15)
    }

    @Test("A minute after a restart both must agree, so that a store that forgot all admits nothing twice")
    func caution() async throws {
        let bench = FallbackBench()
        let limits = Self.limits(requests: 100)
        try await bench.loseShared()
        #expect(try await bench.granted(of: 200) { bench.request(limits) } == 85)
        bench.shared.comeBack(empty: true)
        bench.clock.advance(by: .seconds(2))
        #expect(try await bench.granted(of: 200) { bench.request(limits) } == 0)
        #expect(!bench.store.isDegraded)
        bench.clock.advance(by: .seconds(60))
        #expect(try await bench.granted(of: 200) { bench.request(limits) } == 90)
        bench.clock.advance(by: .seconds(61))
        #expect(try await bench.granted(of: 200) { bench.request(limits) } == 100)
    }

    @Test("In that minute a candidate that is full for the fleet gives way to the next")
    func cautiousTurns() async throws {
        let bench = FallbackBench()
        try await bench.loseShared()
        bench.shared.comeBack()
        bench.clock.advance(by: .seconds(2))
        #expect(try await bench.isGranted(bench.request(Limits())))
        let full = ProviderTruth(
            deployment: DeploymentID("a"), limits: Limits(), blocks: [.init(.requests, wait: .seconds(9))])
        bench.shared.feedback(full)
        var request = bench.request(Limits())
        request.candidates = [.init(DeploymentID("a")), .init(DeploymentID("b"))]
        guard case .granted(let grant) = try await bench.store.pick(request) else {
            Issue.record("refused")
            return
        }
        #expect(grant.candidate == 1 && grant.lease.deployment == DeploymentID("b"))
        request.candidates = [.init(DeploymentID("a"))]
        request.lease = LeaseID("other")
        guard case .denied(let denial) = try await bench.store.pick(request) else {
            Issue.record("granted")
            return
        }
        #expect(denial.retryAfter == .seconds(9))
    }

    @Test("A cancelled caller says nothing of the store")
    func cancelled() async throws {
        let bench = FallbackBench()
        bench.shared.goAway(.cancelled)
        for _ in 0..<10 {
            await #expect(throws: LimitError.self) { try await bench.store.pick(bench.request(Limits())) }
        }
        #expect(!bench.store.isDegraded)
    }

    @Test("A settlement of a call that was decided alone stays here, one of the fleet's is passed on")
    func settlements() async throws {
        let bench = FallbackBench()
        bench.replicas.update(2)
        try await bench.loseShared()
        // 10 ÷ 2 × 0.9 is 4.
        let limits = Self.limits(requests: 10)
        bench.clock.advance(by: .seconds(61))
        bench.shared.goAway()
        guard case .granted(let grant) = try await bench.store.pick(bench.request(limits)) else { return }
        #expect(try await bench.granted(of: 9) { bench.request(limits) } == 3)
        bench.store.settle(.notCounted(grant.lease))
        #expect(try await bench.granted(of: 9) { bench.request(limits) } == 1)
        #expect(bench.shared.settled.isEmpty)
    }

    @Test("Calls under way keep their places however long they take; those of a replica that is gone are soon free")
    func renewals() async throws {
        let bench = FallbackBench()
        var limits = Limits()
        limits.concurrency = 2
        func call() -> PickRequest {
            var call = bench.request(Limits())
            call.candidates = [.init(DeploymentID("e"), limits: limits)]
            call.life = .seconds(5)
            return call
        }
        func goOn() {
            for _ in 0..<4 {
                bench.clock.advance(by: .milliseconds(1_250))
                bench.store.renewOpen()
            }
        }
        guard case .granted(let own) = try await bench.store.pick(call()),
            case .granted = try await bench.shared.pick(call())
        else {
            Issue.record("refused")
            return
        }
        #expect(try await bench.granted(of: 3, call) == 0)
        goOn()
        #expect(try await bench.granted(of: 3, call) == 1)
        goOn()
        #expect(try await bench.granted(of: 3, call) == 0)
        // Alone, where its share is one call, it knows of both of its own.
        try await bench.loseShared()
        goOn()
        bench.store.settle(.notCounted(own.lease))
        #expect(try await bench.granted(of: 3, call) == 0)
        #expect(bench.shared.renewed.contains(own.lease.id))
    }

    @Test("What is settled is not renewed any more, nor what holds nothing")
    func renewsNothingElse() async throws {
        let bench = FallbackBench()
        var admission = bench.request(Limits())
        admission.life = .zero
        guard case .granted = try await bench.store.pick(admission),
            case .granted(let settled) = try await bench.store.pick(bench.request(Limits())),
            case .granted(let open) = try await bench.store.pick(bench.request(Limits()))
        else {
            Issue.record("refused")
            return
        }
        bench.store.settle(.notCounted(settled.lease))
        bench.store.renewOpen()
        #expect(bench.shared.renewed == [open.lease.id])
    }

    @Test("Hard budgets: a share of what was left, nothing, or no look at them, as the policy says")
    func budgets() async throws {
        let key = ScopeLimits(LimitScope(.key, "k"), budgets: [HardBudget(.day, nanodollars: 1_000)])
        for (policy, expected) in [(BudgetOutagePolicy.localShare, 3), (.closed, 0), (.open, 20)] {
            let bench = FallbackBench(policy: policy)
            bench.replicas.update(2)
            let first = bench.request(Limits(), scopes: [key], nanodollars: 200)
            #expect(try await bench.isGranted(first))
            try await bench.loseShared()
            // 800 are left; 800 ÷ 2 × 0.9 is 360.
            let granted = try await bench.granted(of: 20) {
                bench.request(Limits(), scopes: [key], nanodollars: 120)
            }
            #expect(granted == expected, "\(policy)")
            #expect(try await bench.isGranted(bench.request(Limits())), "no budget, no refusal")
        }
    }

    @Test("What a provider says counts alone too, a remainder by its share")
    func truth() async throws {
        let bench = FallbackBench()
        bench.replicas.update(3)
        try await bench.loseShared()
        let reading = ProviderTruth.Reading(.requests, remaining: 20, reset: .seconds(30))
        bench.store.feedback(
            ProviderTruth(deployment: DeploymentID("d"), limits: Self.limits(requests: 500), readings: [reading]))
        #expect(try await bench.granted(of: 50) { bench.request(Self.limits(requests: 500)) } == 6)
    }
}
