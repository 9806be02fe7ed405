import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Testing

@testable import SemanticCache

@Suite("The desk that decides about hits")
struct DecisionDeskTests {
    private static func space(_ name: String, route: String = "m") -> DecisionSpace {
        DecisionSpace(owner: PartitionOwner(tenant: TenantID("t"), namespace: name), route: route)
    }

    private static let near = [MatchCandidate(similarity: 0.97, group: 1)]

    private static func ticket(_ decision: HitDecision, in space: DecisionSpace) -> DecisionTicket {
        DecisionTicket(
            space: space, decision: decision, entry: SampleEntries.id(1), partition: SampleEntries.partition(1),
            similarity: 0.97)
    }

    @Test("What one namespace learns changes no other, nor another route's")
    func apart() {
        let desk = DecisionDesk(calibration: .miniLM, draw: { 1 })
        let spaces = [Self.space("a"), Self.space("b"), Self.space("a", route: "n")]
        let before = spaces.map { desk.decide(Self.near, in: $0, budget: 0.1).decision.risk }
        for _ in 0..<50 {
            let (decision, _) = desk.decide(Self.near, in: spaces[0], budget: 0.1)
            desk.learn(Self.ticket(decision, in: spaces[0]), same: false)
        }
        let after = spaces.map { desk.decide(Self.near, in: $0, budget: 0.1).decision.risk }
        #expect(after[0] > 5 * before[0])
        #expect(after[1...] == before[1...])
    }

    @Test("What is remembered of a hit teaches like its ticket, and is no sample of hits")
    func remembered() throws {
        let space = Self.space("a")
        let (ticketed, remembering) = (
            DecisionDesk(calibration: .miniLM, draw: { 1 }), DecisionDesk(calibration: .miniLM, draw: { 1 }))
        for _ in 0..<50 {
            let (decision, _) = ticketed.decide(Self.near, in: space, budget: 0.1)
            let ticket = Self.ticket(decision, in: space)
            let hit = ServedHit(
                entry: ticket.entry, partition: ticket.partition, created: .now(), question: nil,
                lesson: ticket.lesson)
            let remembered = try #require(DecisionTicket(of: hit, in: space))
            #expect(remembered.lesson == ticket.lesson)
            _ = remembering.decide(Self.near, in: space, budget: 0.1)
            ticketed.learn(ticket, same: false, from: .feedback)
            remembering.learn(remembered, same: false, from: .feedback)
        }
        let risks = [ticketed, remembering].map { $0.decide(Self.near, in: space, budget: 0.1).decision.risk }
        let fresh = DecisionDesk(calibration: .miniLM, draw: { 1 }).decide(Self.near, in: space, budget: 0.1)
        #expect(abs(risks[0] - risks[1]) < 0.01 && risks[1] > 2 * fresh.decision.risk)
        let exact = ServedHit(
            entry: SampleEntries.id(1), partition: SampleEntries.partition(1), created: .now(), question: nil)
        #expect(DecisionTicket(of: exact, in: space) == nil)
    }

    @Test("Only the namespaces used last are kept")
    func bounded() {
        let desk = DecisionDesk(calibration: .miniLM, limit: 3, draw: { 1 })
        for name in ["a", "b", "c"] { desk.countExactHit(in: Self.space(name)) }
        desk.countExactHit(in: Self.space("a"))
        desk.countExactHit(in: Self.space("d"))
        #expect(Set(desk.standings.map(\.space)) == [Self.space("a"), Self.space("c"), Self.space("d")])
    }

    @Test("What nobody else knows yet stays for as long as another can go")
    func untold() {
        let desk = DecisionDesk(calibration: .miniLM, limit: 2, draw: { 1 })
        let (decision, _) = desk.decide(Self.near, in: Self.space("a"), budget: 0.1)
        desk.learn(Self.ticket(decision, in: Self.space("a")), same: true)
        for name in ["b", "c"] { desk.countExactHit(in: Self.space(name)) }
        #expect(Set(desk.standings.map(\.space)) == [Self.space("a"), Self.space("c")])
    }

    @Test("A drift is told once, with its place")
    func drift() {
        let told = NIOLockedValueBox<[DecisionSpace]>([])
        let desk = DecisionDesk(
            calibration: .miniLM, draw: { 1 }, onDrift: { space in told.withLockedValue { $0.append(space) } })
        let space = Self.space("a")
        for _ in 0..<200 {
            let (decision, _) = desk.decide(Self.near, in: space, budget: 0.05)
            desk.learn(Self.ticket(decision, in: space), same: true)
        }
        var labels = 0
        while told.withLockedValue(\.isEmpty), labels < 500 {
            let (decision, _) = desk.decide(Self.near, in: space, budget: 0.05)
            desk.learn(Self.ticket(decision, in: space), same: false)
            labels += 1
        }
        #expect(told.withLockedValue { $0 } == [space])
        #expect(labels < 60)
    }

    @Test("A preview decides as a decision would, and counts nothing")
    func preview() {
        let desk = DecisionDesk(calibration: .miniLM, draw: { 1 })
        let space = Self.space("a")
        let seen = desk.preview(Self.near, in: space, budget: 0.1)
        #expect(desk.standings.isEmpty)
        let decided = desk.decide(Self.near, in: space, budget: 0.1)
        #expect(seen.decision == decided.decision && seen.note == decided.note)
    }
}
