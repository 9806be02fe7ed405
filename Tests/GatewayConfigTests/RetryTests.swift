import GatewayCore
import Routing
import Testing

@testable import GatewayConfig

@Suite("Retries and fallbacks in the configuration")
struct RetryTests {
    @Test("What is left out calls nothing again, moves on as usual and has the usual budget")
    func usual() throws {
        let route = try RouteText.route("routes: [{model: m, targets: [{provider: a}]}]")
        #expect(route.retry == .none)
        #expect(route.fallbackStatuses == nil)
        #expect(route.fallbacks == FallbackLists())
        #expect(route.retryBudget == RetryBudgetRule())
        #expect(route.targets[0].retry == nil)
        #expect(route.targets[0].fallback == FallbackRule())
    }

    @Test("Rules of a route and of its targets are held")
    func whole() throws {
        let route = try RouteText.route(
            """
            routes:
              - model: m
                retry: {attempts: 3, base: 50ms, max: 4s, on_status: [503, timeout, broken]}
                fallback: {on_status: [429, 503]}
                fallbacks: {context_length: [b/x, a], content_policy: []}
                retry_budget: {share: 0.2, floor: 5, window: 30s}
                targets:
                  - {provider: a, retry: {attempts: 0}, fallback: {on_status: [400]}}
                  - {provider: b, model: x}
                  - {provider: b, model: y, fallback: {candidate: false}}
            """)
        #expect(route.retry.attempts == 3)
        #expect(route.retry.base == .milliseconds(50))
        #expect(route.retry.longest == .seconds(4))
        #expect(route.retry.signs == [.status(503), .timeout, .broken])
        #expect(route.fallbackStatuses == [429, 503])
        #expect(route.fallbacks.contextTooLong == [DeploymentID("b/x"), DeploymentID("a")])
        #expect(route.fallbacks.contentPolicy == [])
        #expect(route.retryBudget.share == 0.2)
        #expect(route.retryBudget.floor == 5)
        #expect(route.retryBudget.window == .seconds(30))
        #expect(route.targets[0].retry?.attempts == 0)
        #expect(route.targets.map(\.fallback) == [
            FallbackRule(statuses: [400]), FallbackRule(), FallbackRule(isCandidate: false),
        ])
    }

    @Test("What cannot be is refused", arguments: [
        ("retry: {on_status: [200]}", "retry.on_status[0]: expected a status from 400 to 599, timeout or broken, found 200"),
        ("retry: {base: 3s}", "retry.max: expected at least base, found less"),
        ("retry: {attempts: 11}", "retry.attempts: expected an integer from 0 to 10, found 11"),
        ("fallback: {candidate: false}", "fallback.candidate: unknown key; known here are on_status"),
        ("fallback: {on_status: [timeout]}", "fallback.on_status[0]: expected an integer from 400 to 599, found timeout"),
        (
            "fallbacks: {context_length: [b/x]}",
            "fallbacks.context_length[0]: expected a target of the route that may be a fallback, as provider/model, "
                + "found b/x; there are a"
        ),
    ])
    func refused(line: String, message: String) {
        let found = RouteText.messages(
            "routes: [{model: m, \(line), targets: [{provider: a}, {provider: b, model: x, fallback: {candidate: false}}]}]")
        #expect(found == ["routes[0].\(message)"])
    }
}
