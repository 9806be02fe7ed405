import Testing

@testable import SemanticCache

@Suite("Ridge logistic regression")
struct RidgeLogisticTests {
    @Test("The weights are those another optimiser finds")
    func weights() {
        let xs = [-2, -1.5, -1, -0.5, 0, 0.25, 0.5, 1, 1.5, 2, 2.5, 3]
        let counts: [Double] = [1, 0, 1, 0, 2, 1, 0, 2, 1, 0, 2, 1]
        let labels = [false, false, true, false, false, true, false, true, true, false, true, true]
        let fitted = RidgeLogistic.fit(
            rows: zip(xs, counts).map { [1, $0, $1] }, labels: labels,
            weights: [1, 2, 1, 1, 0.5, 1, 1, 1, 3, 1, 1, 1], ridge: 0.1)
        // scipy.optimize.minimize (BFGS, then Nelder-Mead) on the penalised likelihood.
        for (weight, expected) in zip(fitted, [-1.782288406578782, 0.8002573132660784, 2.3333843350824015]) {
            #expect(abs(weight - expected) < 1e-6)
        }
    }

    @Test("Separable labels have finite weights, and no rows none")
    func extremes() {
        let fitted = RidgeLogistic.fit(
            rows: [[1, -100], [1, 100]], labels: [false, true], weights: [1, 1], ridge: 0.01)
        #expect(fitted.allSatisfy { $0.isFinite })
        #expect(RidgeLogistic.fit(rows: [], labels: [], weights: [], ridge: 1).isEmpty)
        #expect(MatchCalibration(weights: [1, 2]) == nil)
        #expect(MatchCalibration(weights: [1, 2, .nan]) == nil)
    }
}
