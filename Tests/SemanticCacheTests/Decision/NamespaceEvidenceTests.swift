import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("What a namespace has learned")
struct NamespaceEvidenceTests {
    private static func learned(_ seed: UInt64, labels: Int = 200) -> NamespaceEvidence {
        var random = SeededGenerator(seed: seed)
        var decider = HitDecider(calibration: .miniLM)
        for _ in 0..<labels {
            let reasons = GuardReason.allCases.filter { _ in Int.random(in: 0..<8, using: &random) == 0 }
            let candidate = MatchCandidate(
                similarity: Double.random(in: 0.3...1, using: &random),
                group: UInt64.random(in: 0..<40, using: &random),
                cautions: reasons.reduce(into: GuardReasons()) { $0.insert(GuardReasons($1)) })
            let decision = decider.decide([candidate], budget: 0, draw: 1)
            decider.learn(decision, isRight: Bool.random(using: &random))
        }
        return decider.evidence
    }

    @Test("It comes back from its bytes, but for rounding", arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        let evidence = Self.learned(seed)
        let restored = try #require(NamespaceEvidence(encoded: evidence.encoded))
        #expect(restored.encoded == evidence.encoded)
        #expect(abs(restored.weight - evidence.weight) < 0.001)
        for group in 0..<40 as Range<UInt64> {
            let reasons = GuardReasons(.number).union(GuardReasons(.quoted))
            let difference =
                restored.offset(group: group, cautions: reasons) - evidence.offset(group: group, cautions: reasons)
            #expect(abs(difference) < 1e-4)
        }
    }

    @Test("Bytes that are cut are refused wherever a sum would be lost, and changed ones never trap")
    func refuses() {
        let bytes = Self.learned(4, labels: 30).encoded
        var whole = 0
        for length in 0..<bytes.count where NamespaceEvidence(encoded: Array(bytes[..<length])) != nil { whole += 1 }
        // Only between groups can a shorter text be whole.
        #expect(whole <= 40)
        #expect(NamespaceEvidence(encoded: bytes + [0]) == nil)
        var random = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            var changed = bytes
            changed[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            _ = NamespaceEvidence(encoded: changed)
        }
    }

    @Test("Merging does not ask who comes first")
    func merging() {
        var one = Self.learned(6)
        var other = Self.learned(7)
        let (first, second) = (one, other)
        one.merge(second)
        other.merge(first)
        #expect(abs(one.weight - first.weight - second.weight) < 1e-9)
        for group in 0..<40 as Range<UInt64> {
            let difference = one.offset(group: group, cautions: []) - other.offset(group: group, cautions: [])
            #expect(abs(difference) < 1e-9)
        }
    }

    private static func decision(group: UInt64) -> HitDecision {
        HitDecision(action: .miss(0), score: 1, risk: 0.5, group: group, explorationRate: 0, cautions: [])
    }

    @Test("Groups are bounded: a new one finds room, and most is kept of what most is known of")
    func bounded() {
        var evidence = NamespaceEvidence()
        let limit = UInt64(NamespaceEvidence.groupLimit)
        for _ in 0..<10 { evidence.add(Self.decision(group: 7), isRight: true, expected: 0.5, weight: 1) }
        for group in 0..<2 * limit {
            evidence.add(Self.decision(group: group), isRight: true, expected: 0.5, weight: 1)
        }
        #expect(evidence.groups.count <= NamespaceEvidence.groupLimit)
        #expect(evidence.groups[2 * limit - 1] != nil && evidence.groups[7] != nil && evidence.groups[8] == nil)
        var other = NamespaceEvidence()
        for group in 0..<limit {
            other.add(Self.decision(group: 10 * limit + group), isRight: true, expected: 0.5, weight: 1)
        }
        evidence.merge(other)
        #expect(evidence.groups.count == NamespaceEvidence.groupLimit)
        #expect(NamespaceEvidence(encoded: evidence.encoded) != nil)
    }
}
