import GatewayCore
import NIOConcurrencyHelpers
import Testing

@testable import SemanticCache

@Suite("Who exchanges what was learned of hits")
struct EvidenceLinkTests {
    /// A store that remembers who has asked, and has no news.
    private final class AskedStore: EvidenceStore {
        private let asked = NIOLockedValueBox<[String]>([])

        func exchange(_ report: EvidenceReport) async throws(CacheStoreError) -> EvidenceNews {
            asked.withLockedValue { $0.append(report.space.route) }
            return EvidenceNews(heard: 1, drifts: 0, isTaken: false, changes: nil)
        }

        /// Since it was asked for last.
        func routes() -> [String] {
            asked.withLockedValue { asked in
                defer { asked = [] }
                return asked.sorted()
            }
        }
    }

    private static func space(_ route: String) -> DecisionSpace {
        DecisionSpace(owner: PartitionOwner(tenant: TenantID("t"), namespace: ""), route: route)
    }

    @Test("Namespaces that nobody has used since are left out, but for every so many times")
    func idle() async {
        let store = AskedStore()
        let desk = DecisionDesk(calibration: .miniLM, draw: { 1 })
        let link = EvidenceLink(desk: desk, store: store, replica: "r")
        for route in ["a", "b"] { desk.countExactHit(in: Self.space(route)) }
        await link.exchange(idle: false)
        #expect(store.routes() == ["a", "a", "b", "b"], "first they hear, then they tell")
        desk.countExactHit(in: Self.space("b"))
        await link.exchange(idle: false)
        #expect(store.routes() == ["b"])
        await link.exchange(idle: false)
        #expect(store.routes() == [])
        await link.exchange()
        #expect(store.routes() == ["a", "b"])
    }

    @Test("What was heard takes the place of a copy's only if nothing was learned since")
    func adopted() {
        let candidate = [MatchCandidate(similarity: 0.97, group: 1)]
        var others = NamespaceDecider(calibration: .miniLM)
        for _ in 0..<40 {
            let decision = others.decide(candidate, budget: 0.01, draw: 1)
            _ = others.learn(decision, isRight: false, from: .answer)
        }
        var decider = NamespaceDecider(calibration: .miniLM)
        let decision = decider.decide(candidate, budget: 0.01, draw: 1)
        var copy = decider
        copy.hear(others.decider.evidence)
        var learned = decider
        _ = learned.learn(decision, isRight: true, from: .answer)
        let (isLate, isTaken) = (!learned.adopt(copy), decider.adopt(copy))
        #expect(isLate && isTaken)
        let expected = copy.decide(candidate, budget: 0.01, draw: 1).risk
        #expect(decider.decide(candidate, budget: 0.01, draw: 1).risk == expected)
        #expect(expected > 2 * decision.risk)
    }
}
