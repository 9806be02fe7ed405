import GatewayCore
import Testing

@testable import Routing

@Suite("Calls of a route in an outage")
struct RouteOutageTests {
    private static let failure = CallFailure(.target, .status(503))

    /// - Parameter breaks: whether health stops calling what fails; else the budget is alone.
    private func router(_ clock: HandClock, targets: Int, breaks: Bool) -> Router {
        var configuration = RoutingConfiguration()
        configuration.providers = (0..<targets).map { ProviderConfiguration(name: "p\($0)", baseURL: "http://p/v1") }
        var route = RouteConfiguration(
            model: "m", targets: (0..<targets).map { TargetConfiguration(provider: "p\($0)", model: "m") })
        route.retry = RetryRule()
        configuration.routes = [route]
        var rules = HealthRules()
        if !breaks {
            rules.ratioPerMille = 1_001
            rules.pairMilliseconds = 0
        }
        let instant = WaitingClock(now: { clock.now }, sleep: { _ in })
        return Router(
            configuration: configuration, health: HealthBoard(rules: rules, replica: "r"), limits: nil, clock: instant)
    }

    /// Makes the calls of one request; those of the failing targets fail.
    private func run(_ router: Router, failing: Set<String>) async throws -> (calls: [String], isAnswered: Bool) {
        var attempts = try router.attempts(for: RouteRequest(model: "m", tenant: .open))
        var calls: [String] = []
        var turn = try await attempts.next()
        while let attempt = turn {
            let name = String(attempt.target.deployment.description.prefix(2))
            calls.append(name)
            guard failing.contains(name) else {
                attempt.end(.answered(usage: nil, firstToken: nil))
                return (calls, true)
            }
            attempt.end(.failed(isTimeout: false, wasSent: true, wasRefused: true))
            turn = try await attempts.next(after: Self.failure, of: attempt)
        }
        return (calls, false)
    }

    @Test(
        "When everything fails there are at most a tenth more calls than requests, the floor, and those that find out",
        .timeLimit(.minutes(1)))
    func storm() async throws {
        for breaks in [false, true] {
            let clock = HandClock()
            let router = router(clock, targets: 3, breaks: breaks)
            var calls = 0
            let requests = 1_000
            for _ in 0..<requests {
                calls += try await run(router, failing: ["p0", "p1", "p2"]).calls.count
                clock.move(.milliseconds(9))
            }
            // Twenty calls each until the second and the third target are known to fail.
            let firstOnes = 2 * 20
            #expect(Double(calls) <= 1.1 * Double(requests) + Double(RetryBudgetRule().floor + firstOnes))
        }
    }

    @Test("One target's outage costs a few requests a detour, not each one all retries", .timeLimit(.minutes(1)))
    func singleOutage() async throws {
        let clock = HandClock()
        let router = router(clock, targets: 2, breaks: true)
        var wasted = 0
        for number in 0..<500 {
            let (calls, isAnswered) = try await run(router, failing: ["p0"])
            #expect(isAnswered, "request \(number)")
            wasted += calls.count { $0 == "p0" }
            clock.move(.milliseconds(2))
        }
        #expect(wasted <= 10)
    }

    @Test("Calls that fail together are all answered by a target that is well", .timeLimit(.minutes(1)))
    func together() async throws {
        let router = router(HandClock(), targets: 2, breaks: true)
        var flights: [(attempts: RouteAttempts, first: RouteAttempt)] = []
        for _ in 0..<200 {
            var attempts = try router.attempts(for: RouteRequest(model: "m", tenant: .open))
            let first = try #require(try await attempts.next())
            #expect(first.target.deployment == DeploymentID("p0/m"))
            flights.append((attempts, first))
        }
        for flight in flights { flight.first.end(.failed(isTimeout: false, wasSent: true, wasRefused: true)) }
        for flight in flights {
            var attempts = flight.attempts
            let second = try await attempts.next(after: Self.failure, of: flight.first)
            #expect(second?.target.deployment == DeploymentID("p1/m") && !attempts.isBudgetSpent)
            second?.end(.answered(usage: nil, firstToken: nil))
        }
    }

    @Test("A target that is known to fail is not called again, and what callers cause costs no budget")
    func known() async throws {
        let clock = HandClock()
        let router = router(clock, targets: 2, breaks: true)
        // Clients whose requests are too long, or name no model, spend nothing.
        for _ in 0..<50 {
            var attempts = try router.attempts(for: RouteRequest(model: "m", tenant: .open))
            let first = try #require(try await attempts.next())
            first.end(.refused)
            let unknown = CallFailure(.unknownModel, .status(404))
            let second = try await attempts.next(after: unknown, of: first)
            #expect(second?.target.deployment == DeploymentID("p1/m"))
            second?.end(.refused)
            #expect(!attempts.isBudgetSpent)
        }
    }
}
