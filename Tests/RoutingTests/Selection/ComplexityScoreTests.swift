import GatewayCore
import Testing

@testable import Routing

@Suite("Complexity")
struct ComplexityScoreTests {
    private func features(_ traits: RequestTraits) -> [Double] {
        ComplexityScore.features(of: traits).map { Double($0) }
    }

    /// Which way each feature counts, before any request was seen.
    private let prior = (bias: -3.0, weights: [2, 4, 2, 1, 1.5, 1, -2, 1.5, 0.5, 1, 1, -1.5])

    @Test("The shipped weights are those the fit to the training half finds, rounded")
    func fitted() throws {
        let requests = try LabelledMix.requests(360, seed: 4, half: .training, levels: LabelledMix.even)
        let rows = requests.map { (features: features($0.traits), target: Double($0.level.rawValue) / 2) }
        let fit = LogisticFit(rows, prior: prior)
        #expect(abs(fit.bias - Double(ComplexityScore.bias)) < 0.06, "\(fit.bias)")
        #expect(ComplexityScore.weights.count == ComplexityScore.featureNames.count)
        for (name, (shipped, found)) in zip(ComplexityScore.featureNames, zip(ComplexityScore.weights, fit.weights)) {
            #expect(abs(Double(shipped) - found) < 0.06, "\(name): \(found)")
        }
    }

    @Test("Requests of templates never fitted on rise with their level, and hard ones nearly always score above easy ones")
    func separates() throws {
        let requests = try LabelledMix.requests(900, seed: 5, half: .held, levels: LabelledMix.even)
        let scored = requests.filter { $0.level != .medium }.map {
            (score: Double(ComplexityScore.score($0.traits)), isPositive: $0.level == .hard)
        }
        let area = LogisticFit.areaUnderCurve(scored)
        let medians = LabelledMix.Level.allCases.map { level in
            let scores = requests.filter { $0.level == level }.map { ComplexityScore.score($0.traits) }.sorted()
            return scores[scores.count / 2]
        }
        print("complexity on held-out templates: area under the curve \(area), medians \(medians)")
        #expect(area > 0.96)
        #expect(medians == medians.sorted())
        #expect(medians[0] < 0.25 && medians[2] > 0.75)
    }

    @Test("A score means what it says: in each fifth of the range the requests are about as hard as they score")
    func calibrated() throws {
        let requests = try LabelledMix.requests(900, seed: 6, half: .held, levels: LabelledMix.even)
        let pairs = requests.map { request in
            (score: Double(ComplexityScore.score(request.traits)), truth: Double(request.level.rawValue) / 2)
        }
        var error = 0.0
        for fifth in 0..<5 {
            let bin = pairs.filter { min(4, Int($0.score * 5)) == fifth }
            let score = bin.reduce(0) { $0 + $1.score }
            let truth = bin.reduce(0) { $0 + $1.truth }
            error += abs(score - truth) / Double(pairs.count)
        }
        print("complexity on held-out templates: expected calibration error \(error)")
        #expect(error < 0.12)
    }

    @Test("Every feature stays between 0 and 1, whatever was counted")
    func bounded() {
        var traits = RequestTraits()
        #expect(ComplexityScore.features(of: traits).allSatisfy { (0...1).contains($0) })
        traits.signs.words = .max / 2
        traits.signs.depth = .max
        traits.signs.codeBytes = .max
        traits.text.user.latin = .max
        traits.toolBytes = .max
        traits.taskConfidence = 1
        #expect(ComplexityScore.features(of: traits).allSatisfy { (0...1).contains($0) })
        #expect((0...1).contains(ComplexityScore.score(traits)))
    }

    @Test("A caller that asks for reasoning is taken at its word")
    func reasoning() throws {
        let plain = try LabelledMix.traits(of: LabelledMix.body("Why is the sky blue?"))
        let asked = try LabelledMix.traits(
            of: LabelledMix.body("Why is the sky blue?", more: #","reasoning_effort":"high""#))
        #expect(ComplexityScore.score(asked) > ComplexityScore.score(plain) + 0.1)
    }
}
