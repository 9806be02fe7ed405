import Testing

@testable import SemanticCache

@Suite("Features of a match")
struct MatchFeaturesTests {
    private static let four = [(0.9, 1), (0.85, 1), (0.8, 2), (0.7, 3)].map {
        MatchCandidate(similarity: $0.0, group: UInt64($0.1))
    }

    @Test("Closeness and odds are those computed elsewhere")
    func figures() throws {
        let features = try #require(MatchFeatures(Self.four))
        #expect(features.candidate == 0)
        #expect(abs(features.closeness - 2.0402208285265546) < 1e-12)
        #expect(abs(features.odds - 2.1860382456168166) < 1e-12)
    }

    @Test("A vetoed candidate passes the turn to the next, and still speaks for its answer")
    func veto() throws {
        var candidates = Self.four
        candidates[0] = MatchCandidate(similarity: 0.9, group: 1, verdict: .veto(.number))
        let own = try #require(MatchFeatures(candidates))
        #expect(own.candidate == 1)
        candidates[0] = MatchCandidate(similarity: 0.9, group: 9, verdict: .veto(.number))
        let other = try #require(MatchFeatures(candidates))
        #expect(other.odds < own.odds)
        #expect(other.closeness == own.closeness)
    }

    @Test("Without a candidate that may be served there are none")
    func none() {
        #expect(MatchFeatures([]) == nil)
        let vetoed = Self.four.map { MatchCandidate(similarity: $0.similarity, group: 1, isVetoed: true) }
        #expect(MatchFeatures(vetoed) == nil)
        #expect(MatchFeatures([MatchCandidate(similarity: .nan, group: 1)]) == nil)
    }

    @Test("The guard's cautions about the candidate come through, those about others do not")
    func caution() throws {
        let doubted = GuardReasons(.entity).union(GuardReasons(.time))
        let candidates = [
            MatchCandidate(similarity: 0.95, group: 1, verdict: .veto(.number)),
            MatchCandidate(similarity: 0.9, group: 2, verdict: .caution(doubted)),
            MatchCandidate(similarity: 0.8, group: 3, verdict: .caution(GuardReasons(.asking))),
        ]
        #expect(try #require(MatchFeatures(candidates)).cautions == doubted)
    }

    @Test("Each neighbour with the same answer raises the odds, each with another one lowers them")
    func support() throws {
        let base = try #require(MatchFeatures(Self.four))
        let with = try #require(MatchFeatures(Self.four + [MatchCandidate(similarity: 0.6, group: 1)]))
        let against = try #require(MatchFeatures(Self.four + [MatchCandidate(similarity: 0.6, group: 7)]))
        #expect(with.odds > base.odds)
        #expect(against.odds < base.odds)
    }

    @Test("Rounding above 1 and equal questions keep the features finite")
    func extremes() throws {
        let features = try #require(MatchFeatures([MatchCandidate(similarity: 1.0000001, group: 1)]))
        #expect(features.closeness.isFinite && features.odds.isFinite)
        #expect(features.odds <= 8)
    }
}
