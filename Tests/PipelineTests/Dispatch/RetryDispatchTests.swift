import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Routing
import Testing

@testable import Pipeline

@Suite("Calls behind a failed one", .timeLimit(.minutes(1)))
struct RetryDispatchTests {
    private typealias Script = ScriptedServer.Script

    private static let good: Script = { try await $0.respond(body: DispatchFixture.answer) }

    /// Answers with these statuses, then well.
    private static func failing(
        _ statuses: [Int], headers: [(String, String)] = [], body: String = ""
    ) -> Script {
        let left = NIOLockedValueBox(statuses[...])
        return { exchange in
            guard let status = left.withLockedValue({ $0.popFirst() }) else { return try await good(exchange) }
            try await exchange.respond(status, headers: headers, body: body)
        }
    }

    private static let rule: RetryRule = {
        var rule = RetryRule()
        rule.attempts = 2
        rule.base = .milliseconds(100)
        rule.longest = .seconds(2)
        return rule
    }()

    private static func retrying(_ configuration: inout RoutingConfiguration) {
        configuration.routes[0].retry = rule
    }

    @Test("A target that fails in passing is called again, behind waits that grow")
    func again() async throws {
        try await DispatchFixture.run(scripts: [Self.failing([500]), Self.good]) { fixture in
            let call = try await fixture.call(change: Self.retrying)
            #expect(call.results == ["t0 server_error", "t0 ok"])
            #expect(fixture.clock.waits.count == 1)
        }
        try await DispatchFixture.run(scripts: [Self.failing([429, 429]), Self.good]) { fixture in
            let call = try await fixture.call(change: Self.retrying)
            #expect(call.results == ["t0 rate_limited", "t0 rate_limited", "t0 ok"])
            #expect(fixture.servers[1].record.requests.isEmpty)
            let waits = fixture.clock.waits
            try #require(waits.count == 2)
            #expect(waits[0] <= .milliseconds(100) && waits[1] <= .milliseconds(200))
        }
    }

    @Test("Without a rule no target is called again, and with one only after what it lists")
    func unlisted() async throws {
        try await DispatchFixture.run(scripts: [Self.failing([500]), Self.good]) { fixture in
            let first = try await fixture.call()
            #expect(first.results == ["t0 server_error", "t1 ok"])
        }
        try await DispatchFixture.run(scripts: [Self.failing([501]), Self.good]) { fixture in
            let first = try await fixture.call(change: Self.retrying)
            #expect(first.results == ["t0 server_error", "t1 ok"])
            #expect(fixture.clock.waits.isEmpty)
        }
    }

    @Test("A provider's own wait counts up to the longest; beyond it the next target is called at once")
    func asked() async throws {
        try await DispatchFixture.run(
            scripts: [Self.failing([429], headers: [("retry-after-ms", "1500")]), Self.good]
        ) { fixture in
            let first = try await fixture.call(change: Self.retrying)
            #expect(first.results == ["t0 rate_limited", "t0 ok"])
            #expect(fixture.clock.waits == [.milliseconds(1500)])
        }
        try await DispatchFixture.run(
            scripts: [Self.failing([429], headers: [("retry-after", "3")]), Self.good]
        ) { fixture in
            let first = try await fixture.call(change: Self.retrying)
            #expect(first.results == ["t0 rate_limited", "t1 ok"])
            #expect(fixture.clock.waits.isEmpty)
        }
    }

    @Test("Only the statuses that a fallback lists move on")
    func statuses() async throws {
        func rule(_ configuration: inout RoutingConfiguration) {
            configuration.routes[0].fallbackStatuses = [503, 400]
        }
        for (status, results) in [
            (500, ["t0 server_error"]), (503, ["t0 overloaded", "t1 ok"]), (400, ["t0 bad_request", "t1 ok"]),
            (404, ["t0 model_not_found"]),
        ] {
            try await DispatchFixture.run(scripts: [Self.failing([status]), Self.good]) { fixture in
                let call = try await fixture.call(change: rule)
                #expect(call.results == results)
                if status == 404 { #expect(call.failure?.code == .modelNotFound) }
                if status == 500 { #expect(call.failure?.code == .providerFailed) }
            }
        }
    }

    @Test("A target that is no candidate is first or not at all")
    func candidate() async throws {
        try await DispatchFixture.run(scripts: [Self.failing([500]), Self.good, Self.good]) { fixture in
            let call = try await fixture.call { $0.routes[0].targets[1].fallback.isCandidate = false }
            #expect(call.results == ["t0 server_error", "t2 ok"])
        }
        try await DispatchFixture.run(scripts: [Self.good, Self.good]) { fixture in
            let call = try await fixture.call { $0.routes[0].targets[0].fallback.isCandidate = false }
            #expect(call.results == ["t0 ok"])
        }
    }

    @Test("What is too long goes where more is known to fit, or where the list says, and else nowhere")
    func tooLong() async throws {
        func refusal() -> Script {
            Self.failing([400, 400], body: #"{"error":{"code":"context_length_exceeded"}}"#)
        }
        func windows(_ configuration: inout RoutingConfiguration, _ windows: [Int?]) {
            for (index, window) in windows.enumerated() {
                var profile = ModelProfile(name: "m\(index)")
                profile.contextTokens = window
                configuration.models.set(profile)
            }
        }
        try await DispatchFixture.run(scripts: [refusal(), Self.good, Self.good]) { fixture in
            let call = try await fixture.call { windows(&$0, [8_000, 8_000, 32_000]) }
            #expect(call.results == ["t0 context_too_long", "t2 ok"])
            #expect(fixture.reports == ["t2 answered"])
            let unknown = try await fixture.call { windows(&$0, [8_000, nil, 4_000]) }
            #expect(unknown.failure?.code == .contextTooLong)
            #expect(unknown.results == ["t0 context_too_long"])
        }
        try await DispatchFixture.run(scripts: [refusal(), Self.good, Self.good]) { fixture in
            let call = try await fixture.call {
                windows(&$0, [8_000, 32_000, nil])
                $0.routes[0].fallbacks.contextTooLong = [DeploymentID("t2/m2"), DeploymentID("t1/m1")]
            }
            #expect(call.results == ["t0 context_too_long", "t2 ok"])
            let nowhere = try await fixture.call {
                windows(&$0, [8_000, 32_000, nil])
                $0.routes[0].fallbacks.contextTooLong = []
            }
            #expect(nowhere.results == ["t0 context_too_long"])
        }
    }

    @Test("What a moderation refuses goes elsewhere only where a list says so")
    func policy() async throws {
        let refusal = Self.failing([400, 400], body: #"{"error":{"code":"content_filter"}}"#)
        try await DispatchFixture.run(scripts: [refusal, Self.good]) { fixture in
            let refused = try await fixture.call()
            #expect(refused.failure?.code == .contentRefused)
            let call = try await fixture.call { $0.routes[0].fallbacks.contentPolicy = [DeploymentID("t1/m1")] }
            #expect(call.results == ["t0 content_policy", "t1 ok"])
        }
    }

    @Test("A target without its model is passed by; when none has it, it is not found")
    func unknownModel() async throws {
        let unknown = #"{"error":{"code":"model_not_found"}}"#
        try await DispatchFixture.run(scripts: [Self.failing([404], body: unknown), Self.good]) { fixture in
            let first = try await fixture.call()
            #expect(first.results == ["t0 model_not_found", "t1 ok"])
            #expect(fixture.reports == ["t1 answered"])
        }
        let missing = Self.failing([404], body: unknown)
        try await DispatchFixture.run(scripts: [missing, Self.failing([404], body: unknown)]) { fixture in
            let call = try await fixture.call()
            #expect(call.failure?.code == .modelNotFound)
            #expect(call.failure?.status == 404)
            #expect(call.attempts.count == 2)
        }
        try await DispatchFixture.run(scripts: [Self.failing([500]), Self.failing([404], body: unknown)]) { fixture in
            let refused = try await fixture.call()
            #expect(refused.failure?.code == .providerFailed)
        }
    }

    @Test("When the budget is spent no target is called again, which is counted; one that is well takes the request")
    func budget() async throws {
        func spent(_ configuration: inout RoutingConfiguration) {
            configuration.routes[0].retry = Self.rule
            configuration.routes[0].retryBudget.floor = 0
        }
        try await DispatchFixture.run(scripts: [Self.failing([500])]) { fixture in
            let call = try await fixture.call { spent(&$0) }
            #expect(call.results == ["t0 server_error"])
            #expect(call.failure?.code == .providerFailed)
            #expect(call.isBudgetSpent)
        }
        try await DispatchFixture.run(scripts: [Self.failing([500]), Self.good]) { fixture in
            let call = try await fixture.call { spent(&$0) }
            #expect(call.results == ["t0 server_error", "t1 ok"])
            #expect(!call.isBudgetSpent)
        }
    }

    @Test("A stalled provider is waited for no longer than the caller waits, and is not blamed for it", arguments: [
        true, false,
    ])
    func deadline(isStream: Bool) async throws {
        try await DispatchFixture.run(scripts: [{ try await $0.silence() }, Self.good]) { fixture in
            let call = try await fixture.call(stream: isStream, timeout: .milliseconds(700))
            #expect(call.failure?.code == .providerTimeout)
            #expect(call.results == ["t0 deadline"])
            #expect(fixture.reports.isEmpty)
            await fixture.servers[0].wait { $0.peerCloses == 1 }
        }
    }

    @Test("A caller whose time is over calls nobody, and none is waited for that would come too late")
    func late() async throws {
        try await DispatchFixture.run(scripts: [Self.good]) { fixture in
            let call = try await fixture.call(timeout: .zero)
            #expect(call.failure?.code == .providerTimeout)
            #expect(fixture.servers[0].record.requests.isEmpty)
        }
        try await DispatchFixture.run(
            scripts: [Self.failing([429], headers: [("retry-after", "60")]), Self.good]
        ) { fixture in
            let call = try await fixture.call(timeout: .seconds(30)) { configuration in
                configuration.routes[0].retry = Self.rule
                configuration.routes[0].retry.longest = .seconds(600)
            }
            #expect(call.results == ["t0 rate_limited", "t1 ok"])
            #expect(fixture.clock.waits.isEmpty)
        }
    }
}
