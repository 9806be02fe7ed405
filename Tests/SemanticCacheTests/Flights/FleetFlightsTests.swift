import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Testing

@testable import SemanticCache

@Suite("Calls of other replicas", .timeLimit(.minutes(1)))
struct FleetFlightsTests {
    private let samples = SampleEntries()
    private let far = ContinuousClock.now + .seconds(3600)

    private func claim(
        _ number: Int, question: String? = nil, vector: Int? = nil, since purge: Int64 = 0
    ) -> FlightClaim {
        FlightClaim(
            key: FlightKey(entry: SampleEntries.id(number), partition: SampleEntries.partition(1), generation: purge),
            announced: question.map {
                .init(
                    features: GuardFeatures(text: $0),
                    vector: EntryVector(encoder: samples.encoder, embedding: samples.vector(vector ?? number)),
                    tenant: .open)
            })
    }

    /// Two replicas over one board, whose lines flow while `body` runs.
    private func withFleet(
        life: Duration = .seconds(3),
        _ body: (FleetFlights, FleetFlights, InMemoryFlightLeases.Board) async throws -> Void
    ) async throws {
        let board = InMemoryFlightLeases.Board()
        var rules = FleetRules()
        (rules.life, rules.beat) = (life, life / 3)
        let replicas = ["a", "b"].map { [rules] name in
            FleetFlights(
                leases: InMemoryFlightLeases(board: board, replica: name, life: life), rules: rules, logger: quiet)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for replica in replicas { group.addTask { await replica.run() } }
            try await eventually { replicas.allSatisfy(\.isListening) }
            try await body(replicas[0], replicas[1], board)
            group.cancelAll()
        }
    }

    private func granted(_ claim: FleetFlights.Claim) throws -> (FleetLease, [AwayFlight]) {
        guard case .granted(let lease, let rivals) = claim else { throw Unexpected() }
        return (lease, rivals)
    }

    private func held(_ claim: FleetFlights.Claim) throws -> (FlightHolding, Duration) {
        guard case .held(let holding, let life) = claim else { throw Unexpected() }
        return (holding, life)
    }

    @Test("They do what leads must do in memory, too", arguments: FlightLeaseSuite.Guarantee.allCases)
    func conformance(guarantee: FlightLeaseSuite.Guarantee) async throws {
        let board = InMemoryFlightLeases.Board()
        let life: Duration = .milliseconds(200)
        try await FlightLeaseSuite(
            first: InMemoryFlightLeases(board: board, replica: "a", life: life),
            second: InMemoryFlightLeases(board: board, replica: "b", life: life), life: life,
            store: { board.store(SampleEntries.id($0), since: $1) }
        ).verify(guarantee)
    }

    @Test("Who waits for another replica hears of its end, and whether there is an answer")
    func ends() async throws {
        try await withFleet { first, second, _ in
            for isKept in [true, false] {
                let (lease, _) = try granted(await first.claim(claim(1)))
                let (other, life) = try held(await second.claim(claim(1)))
                async let end = second.end(of: other, life: life, by: far)
                lease.end(isKept: isKept)
                let isRight = await end == (isKept ? .kept : .failed)
                #expect(isRight)
                // An end that came before anybody waited is remembered.
                #expect(await second.end(of: other, life: life, by: far) == (isKept ? .kept : .failed))
                #expect(first.counts.held == 0)
            }
        }
    }

    @Test("A lead that is dropped ends without an answer")
    func dropped() async throws {
        try await withFleet { first, second, _ in
            var lease: FleetLease? = try granted(await first.claim(claim(1))).0
            let (other, life) = try held(await second.claim(claim(1)))
            #expect(lease != nil)
            lease = nil
            #expect(await second.end(of: other, life: life, by: far) == .failed)
        }
    }

    @Test("A lead is prolonged while it lasts; one of a replica that crashed is noticed and free")
    func crash() async throws {
        let board = InMemoryFlightLeases.Board()
        let life: Duration = .milliseconds(150)
        var rules = FleetRules()
        (rules.life, rules.beat) = (life, .milliseconds(50))
        let first = FleetFlights(
            leases: InMemoryFlightLeases(board: board, replica: "a", life: life), rules: rules, logger: quiet)
        let second = FleetFlights(
            leases: InMemoryFlightLeases(board: board, replica: "b", life: life), rules: rules, logger: quiet)
        let running = Task { await first.run() }
        let following = Task { await second.run() }
        defer { following.cancel() }
        let (lease, _) = try granted(await first.claim(claim(1)))
        let (other, left) = try held(await second.claim(claim(1)))
        // Several lives long.
        #expect(await second.end(of: other, life: left, by: .now + life * 4) == .late)
        running.cancel()
        await running.value
        #expect(await second.end(of: other, life: left, by: far) == .gone)
        let (successor, _) = try granted(await second.claim(claim(1)))
        #expect(successor.fence > lease.fence)
        lease.end(isKept: true)
    }

    @Test("A question that means what another replica is asking is seen at its claim, whoever began first")
    func rivals() async throws {
        try await withFleet { first, second, _ in
            let (one, before) = try granted(await first.claim(claim(1, question: "How do I cancel?")))
            #expect(before.isEmpty)
            let (two, rivals) = try granted(await second.claim(claim(2, question: "How can I cancel?")))
            #expect(rivals.map(\.token) == [one.holding.token])
            // Of what began later nothing is seen: that one joins us.
            let (_, third) = try granted(await first.claim(claim(3)))
            #expect(third.isEmpty)
            one.end(isKept: false)
            #expect(
                await second.end(of: one.holding, life: .seconds(3), by: far) == .failed)
            two.end(isKept: true)
            #expect(await first.end(of: two.holding, life: .seconds(3), by: far) == .kept)
            // Who knows of a newer purge sees none of them.
            let (_, purged) = try granted(await first.claim(claim(5, question: "May I cancel?", since: 7)))
            #expect(purged.isEmpty)
            // What was stored a moment ago is a rival still, what failed is none.
            let (_, rest) = try granted(await first.claim(claim(4, question: "Can I cancel?")))
            #expect(rest.map(\.token) == [two.holding.token])
        }
    }

    @Test("Who takes over in the same replica waits for the end of its own lead, not for the lock to run out")
    func own() async throws {
        try await withFleet(life: .seconds(600)) { first, _, _ in
            let (lease, _) = try granted(await first.claim(claim(1)))
            let (own, life) = try held(await first.claim(claim(1)))
            lease.end(isKept: false)
            #expect(await first.end(of: own, life: life, by: far) == .failed)
            _ = try granted(await first.claim(claim(1)))
        }
    }

    @Test("What is stored needs no lead, and a store that is down gives none")
    func stored() async throws {
        try await withFleet { first, _, board in
            board.store(SampleEntries.id(1))
            guard case .stored = await first.claim(claim(1)) else { throw Unexpected() }
            let deaf = FleetFlights(leases: DownLeases(), logger: quiet)
            guard case .unavailable = await deaf.claim(claim(1)) else { throw Unexpected() }
            let other = FlightHolding(token: FlightToken(milliseconds: 1, sequence: 0), key: claim(1).key)
            #expect(await deaf.end(of: other, life: .milliseconds(1), by: far) == .gone)
        }
    }

    @Test("A cancelled follower waits no longer")
    func cancellation() async throws {
        try await withFleet { first, second, _ in
            let (lease, _) = try granted(await first.claim(claim(1)))
            let task = Task { [far] in await second.end(of: lease.holding, life: .seconds(3600), by: far) }
            task.cancel()
            #expect(await task.value == .late)
            lease.end(isKept: false)
        }
    }

    @Test("Ends that come while others are told are told together")
    func toldTogether() async throws {
        let gate = ProceedGate()
        let leases = UnsteadyLeases(InMemoryFlightLeases(board: .init(), replica: "a"), gate: gate)
        let fleet = FleetFlights(leases: leases, logger: quiet)
        let running = Task { await fleet.run() }
        defer { running.cancel() }
        var held: [FleetLease] = []
        for number in 1...4 { held.append(try granted(await fleet.claim(claim(number))).0) }
        held[0].end(isKept: true)
        try await eventually { leases.ended == [1] }
        for lease in held.dropFirst() { lease.end(isKept: true) }
        gate.proceed(2)
        try await eventually { leases.ended == [1, 3] }
    }

    @Test("What is told while the connection is lost is heard when it is back")
    func resumed() async throws {
        let board = InMemoryFlightLeases.Board()
        let leases = UnsteadyLeases(InMemoryFlightLeases(board: board, replica: "b"))
        let first = FleetFlights(leases: InMemoryFlightLeases(board: board, replica: "a"), logger: quiet)
        let second = FleetFlights(leases: leases, logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for replica in [first, second] { group.addTask { await replica.run() } }
            try await eventually { second.isListening }
            let (lease, _) = try granted(await first.claim(claim(1)))
            let (other, _) = try held(await second.claim(claim(1)))
            async let end = second.end(of: other, life: .seconds(20), by: far)
            leases.isLost = true
            try await eventually { !second.isListening }
            lease.end(isKept: true)
            let third = InMemoryFlightLeases(board: board, replica: "c")
            try await eventually { (try? await third.head().lastSeen) == ["2"] }
            leases.isLost = false
            let isKept = await end == .kept
            #expect(isKept)
            group.cancelAll()
        }
    }

    private struct Unexpected: Error {}

    /// Never answers.
    private struct DownLeases: FlightLeases {
        private static let down = CacheStoreError(.unavailable, "as told")

        func claim(_ claim: FlightClaim) async throws(CacheStoreError) -> FlightClaimReply { throw Self.down }
        func renew(_ held: [FlightHolding]) async throws(CacheStoreError) { throw Self.down }
        func end(_ ended: [(holding: FlightHolding, isKept: Bool)]) async throws(CacheStoreError) { throw Self.down }
        func head() async throws(CacheStoreError) -> FlightPosition { throw Self.down }
        func holder(
            of key: FlightKey
        ) async throws(CacheStoreError) -> (token: FlightToken, life: Duration)? { throw Self.down }
        func lines(
            after position: FlightPosition, wait: Duration
        ) async throws(CacheStoreError) -> (lines: [FlightLine], position: FlightPosition) { throw Self.down }
    }
}
