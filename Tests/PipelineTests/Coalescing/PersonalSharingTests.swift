import GatewayCore
import GatewayTesting
import Testing

@testable import Pipeline

@Suite("Shared calls and persons", .timeLimit(.minutes(1)))
struct PersonalSharingTests {
    private typealias Fixture = PipelineFixture

    private static let question = "0 where is my order"

    /// Answers every request when the gate lets it.
    private static func gated(_ gate: ProceedGate) -> ScriptedServer.Script {
        { exchange in
            try await gate.wait()
            try await exchange.respond(body: Fixture.answer)
        }
    }

    @Test("What is a person's own shares calls with that person alone, and what is nobody's known with none")
    func persons() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.gated(gate)) { fixture in
            async let ann = fixture.ask(Fixture.body(Self.question, more: #","user":"ann""#))
            await fixture.provider.wait { $0.requests.count == 1 }
            async let again = fixture.ask(Fixture.body(Self.question, more: #","user":"ann""#))
            await fixture.followed(by: 1)
            async let bob = fixture.ask(Fixture.body(Self.question, more: #","user":"bob""#))
            await fixture.provider.wait { $0.requests.count == 2 }
            async let one = fixture.ask(Fixture.body(Self.question))
            await fixture.provider.wait { $0.requests.count == 3 }
            async let two = fixture.ask(Fixture.body(Self.question))
            await fixture.provider.wait { $0.requests.count == 4 }
            gate.proceed(4)
            #expect(await again.record.outcome == .coalesced)
            for record in [await ann.record, await bob.record, await one.record, await two.record] {
                #expect(record.outcome == .miss && record.attempts.count == 1)
            }
        }
    }

    @Test("On a route in the shadow every request makes its own call")
    func shadow() async throws {
        let gate = ProceedGate()
        var policy = CachePolicy()
        policy.rule = .shadow
        try await Fixture.run(shares: true, policy: policy, script: Self.gated(gate)) { fixture in
            async let one = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 1 }
            async let two = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 2 }
            gate.proceed(2)
            for record in [await one.record, await two.record] {
                #expect(record.outcome == .miss && record.shadow == .miss)
            }
        }
    }
}
