import GatewayCore
import GatewayTesting
import Logging
import NIOCore
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Calls shared with other replicas", .timeLimit(.minutes(1)))
struct CoalescedFleetTests {
    private typealias Fixture = PipelineFixture

    private static let other = ScriptedLeases.token(1)

    /// A replica whose fleet answers as `leases` say.
    private func withFleet(
        _ leases: ScriptedLeases, _ body: (Fixture) async throws -> Void
    ) async throws {
        var rules = FleetRules()
        rules.wait = .seconds(60)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let fleet = FleetFlights(leases: leases, rules: rules, logger: logger)
        let running = Task { await fleet.run() }
        try await Fixture.run(shares: true, fleet: fleet, body)
        running.cancel()
        await running.value
    }

    /// What another replica stores for a question that was claimed here.
    private func entry(_ key: FlightKey) -> StoredEntry {
        StoredEntry(
            id: key.entry, partition: key.partition, question: "0 a", answer: ByteBuffer(string: Fixture.answer),
            model: "served", usage: nil, created: .now(), expires: .now() + .seconds(60), vector: nil,
            generation: CacheGeneration(key.generation))
    }

    @Test("Who finds another replica calling waits for the line of its end, and is answered from the store")
    func kept() async throws {
        let leases = ScriptedLeases([.held(Self.other, life: .seconds(60))])
        try await withFleet(leases) { fixture in
            async let asked = fixture.ask(Fixture.body("0 a"))
            let claim = try #require(await leases.claimed(1))
            #expect(claim.key.generation > 0 && claim.announced?.features == GuardFeatures(text: "0 a"))
            #expect(claim.announced?.tenant == TenantID("acme"))
            try await fixture.store.base.save(entry(claim.key))
            leases.tell(.ended(Self.other, isKept: true))
            let answered = await asked
            #expect(answered.record.outcome == .coalesced && answered.record.sharing == .fleet)
            #expect(answered.text == Fixture.answer)
            #expect(answered.record.attempts.isEmpty && fixture.provider.record.requests.isEmpty)
            #expect(answered.record.timings.waited != nil)
            #expect(fixture.pipeline.coalescing?.counts.flights == 0)
        }
    }

    @Test("What another replica has stored is streamed at the pace that the caller wants")
    func pace() async throws {
        let leases = ScriptedLeases([.held(Self.other, life: .seconds(60))])
        try await withFleet(leases) { fixture in
            async let asked = fixture.replied(to: Fixture.body("0 a", more: #","stream":true"#)) {
                $0.replayRate = "10000"
            }
            let claim = try #require(await leases.claimed(1))
            try await fixture.store.base.save(entry(claim.key))
            leases.tell(.ended(Self.other, isKept: true))
            let reply = await asked
            #expect(reply.exchange.record.sharing == .fleet)
            guard case .stream(let stream) = reply.body else {
                Issue.record("all frames came at once")
                return
            }
            #expect(stream is PacedReplay)
            await reply.exchange.finish(isClientGone: false)
        }
    }

    @Test("All who ask the same meanwhile wait with it, and each looks into the store itself")
    func followers() async throws {
        let leases = ScriptedLeases([.held(Self.other, life: .seconds(60))])
        try await withFleet(leases) { fixture in
            async let first = fixture.ask(Fixture.body("0 a"))
            let claim = try #require(await leases.claimed(1))
            async let second = fixture.ask(Fixture.body("0 a"))
            await fixture.followed(by: 1)
            try await fixture.store.base.save(entry(claim.key))
            leases.tell(.ended(Self.other, isKept: true))
            #expect(await first.record.outcome == .coalesced)
            #expect(await second.text == Fixture.answer)
            #expect(fixture.provider.record.requests.isEmpty)
        }
    }

    @Test("When the other replica fails this one takes the lead and calls, and tells the fleet that it has stored")
    func failed() async throws {
        let leases = ScriptedLeases([.held(Self.other, life: .seconds(60))])
        try await withFleet(leases) { fixture in
            async let asked = fixture.ask(Fixture.body("0 a"))
            _ = await leases.claimed(1)
            leases.tell(.ended(Self.other, isKept: false))
            let answered = await asked
            #expect(answered.record.outcome == .miss && answered.record.write == .stored)
            #expect(fixture.provider.record.requests.count == 1)
            await eventually { leases.ended.map(\.token) == [ScriptedLeases.token(102)] }
            #expect(leases.ended.first?.isKept == true)
        }
    }

    @Test("Who meets a call for a question that means the same gives its own lead back and waits for that")
    func similar() async throws {
        let leases = ScriptedLeases([])
        try await withFleet(leases) { fixture in
            // Learns where such questions stand, and what they mean.
            _ = await fixture.ask(Fixture.body("60 a"))
            let claim = try #require(await leases.claimed(1))
            let entry = try #require(EntryID(hexadecimal: String(repeating: "7", count: 32)))
            let key = FlightKey(
                entry: entry, partition: claim.key.partition, generation: claim.key.generation)
            let course = FlightCourse(embedding: FakeEncoder.vector("0 b"), features: GuardFeatures(text: "0 b"))
            leases.next(.granted(ScriptedLeases.token(50), before: [
                .began(AwayFlight(token: Self.other, key: key, course: course, tenant: claim.announced?.tenant))
            ]))
            async let asked = fixture.ask(Fixture.body("0 a"))
            _ = await leases.claimed(2)
            try await fixture.store.base.save(self.entry(key))
            leases.tell(.ended(Self.other, isKept: true))
            let answered = await asked
            #expect(answered.record.outcome == .coalesced && answered.record.sharing == .fleetSimilar)
            #expect(fixture.provider.record.requests.count == 1, "the call of the question before")
            await eventually { leases.ended.contains { $0.token == ScriptedLeases.token(50) && !$0.isKept } }
        }
    }

    @Test("Who has little time waits half of it for another replica, and then makes its own call")
    func impatient() async throws {
        let leases = ScriptedLeases([.held(Self.other, life: .seconds(60))])
        try await withFleet(leases) { fixture in
            let answered = await fixture.ask(Fixture.body("0 a")) { $0.timeout = .seconds(4) }
            #expect(answered.record.status == 200 && answered.record.sharing == .late)
            #expect(fixture.provider.record.requests.count == 1)
        }
    }

    @Test("A client that goes away while it waits for another replica is let go")
    func gone() async throws {
        let leases = ScriptedLeases([.held(Self.other, life: .seconds(60))])
        try await withFleet(leases) { fixture in
            let client = LeavingClient()
            async let asked = fixture.ask(Fixture.body("0 a"), client: client)
            _ = await leases.claimed(1)
            client.leave()
            #expect(await asked.record.status == 499)
            #expect(fixture.provider.record.requests.isEmpty)
        }
    }

    private func eventually(_ isMet: () -> Bool) async {
        while !isMet() { try? await Task.sleep(for: .milliseconds(1)) }
    }
}
