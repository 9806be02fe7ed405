import Testing

@testable import SemanticCache

@Suite("Certified floors")
struct FloorCertificationTests {
    @Test("299 clean labels prove 1 %, 298 do not; 149 prove 2 %, 59 prove 5 %", arguments: [
        (299, 0.01), (149, 0.02), (59, 0.05), (598, 0.005),
    ])
    func cleanLabels(labels: Int, budget: Double) {
        #expect(FloorCertification.provenBins(wrong: [0], labels: [labels], budget: budget) == 1)
        #expect(FloorCertification.provenBins(wrong: [0], labels: [labels - 1], budget: budget) == 0)
    }

    @Test("The first failure ends it, even if a looser floor would pass")
    func sequence() {
        let proven = FloorCertification.provenBins(
            wrong: [0, 20, 0], labels: [400, 100, 100_000], budget: 0.01)
        #expect(proven == 1)
        #expect(FloorCertification.provenBins(wrong: [0, 0, 0], labels: [100, 100, 100], budget: 0.01) == 3)
        #expect(FloorCertification.provenBins(wrong: [], labels: [], budget: 0.01) == 0)
    }

    @Test("The limits cover every true share in at least 95 of 100 samples, counted over all outcomes")
    func coverage() {
        let labels = 40
        for share in [0.005, 0.02, 0.1, 0.3, 0.5] {
            var (upper, lower) = (0.0, 0.0)
            for wrong in 0...labels {
                let chance = Self.binomial(wrong, labels, share)
                let limit = FloorCertification.upperLimit(wrong: wrong, of: labels, confidence: 0.95)
                if limit >= share { upper += chance }
                let floor = FloorCertification.lowerLimit(wrong: wrong, of: labels, confidence: 0.95)
                if floor <= share { lower += chance }
            }
            #expect(upper >= 0.95)
            #expect(lower >= 0.95)
        }
    }

    private static func binomial(_ wrong: Int, _ labels: Int, _ share: Double) -> Double {
        var chance = 1.0
        for place in 0..<labels {
            chance *= place < wrong ? share * Double(labels - place) / Double(wrong - place) : 1 - share
        }
        return chance
    }
}
