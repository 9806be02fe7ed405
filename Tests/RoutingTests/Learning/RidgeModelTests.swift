import GatewayTesting
import Testing

@testable import Routing

@Suite("What judgments say of a target")
struct RidgeModelTests {
    private func features(_ change: (inout [Float]) -> Void = { _ in }) -> LearningFeatures {
        var values = [Float](repeating: 0, count: LearningFeatures.dimension)
        values[LearningFeatures.bias] = 1
        change(&values)
        return LearningFeatures(values)
    }

    @Test("Before any judgment the quality is the registry's, and uncertain by 0.2 for a request like any other")
    func prior() {
        let score = RidgeModel.unjudged.score(features(), prior: 0.8)
        #expect(abs(score.quality - 0.8) < 1e-6)
        // 0.4 ÷ √4.
        #expect(abs(score.deviation - 0.2) < 1e-6)
        // What a request is about adds its own doubt: 0.4 × √(1 ÷ 4 + 1 ÷ 2).
        let about = RidgeModel.unjudged.score(features { $0[3] = 1 }, prior: 0.8)
        #expect(abs(about.quality - 0.8) < 1e-6)
        #expect(abs(about.deviation - 0.4 * 0.75.squareRoot()) < 1e-6)
    }

    @Test("With requests that are all alike it is the mean of the judgments and four of the registry's")
    func mean() {
        var sums = LearningSums()
        for number in 0..<20 { sums.add(features(), score: number % 4 == 0 ? 0 : 1, weight: 1) }
        let score = RidgeModel(sums).score(features(), prior: 0.3)
        #expect(abs(score.quality - (15 + 4 * 0.3) / 24) < 1e-5)
        #expect(abs(score.deviation - 0.4 / 24.0.squareRoot()) < 1e-5)
        #expect(score.judgments == 20)
        // The registry may say something else of another kind of work.
        #expect(abs(RidgeModel(sums).score(features(), prior: 0.9).quality - (15 + 4 * 0.9) / 24) < 1e-5)
    }

    @Test("It solves the ridge regression, as elimination does, for any judgments", arguments: [1, 7, 60, 400])
    func regression(judgments: Int) {
        var generator = SeededGenerator(seed: UInt64(judgments))
        let side = LearningFeatures.dimension
        var sums = LearningSums()
        var matrix = (0..<side).map { row in
            (0..<side).map { $0 != row ? 0.0 : row == LearningFeatures.bias ? 4 : 2 }
        }
        let prior = 0.7
        var right = (0..<side).map { $0 == LearningFeatures.bias ? 4 * prior : 0 }
        func random() -> LearningFeatures {
            features { values in
                for index in 0..<side where index != LearningFeatures.bias {
                    values[index] = Float.random(in: -0.5...0.5, using: &generator)
                }
            }
        }
        for _ in 0..<judgments {
            let point = random()
            let (score, weight) = (Double.random(in: 0...1, using: &generator), 0.5)
            sums.add(point, score: score, weight: weight)
            for row in 0..<side {
                right[row] += weight * score * Double(point[row])
                for column in 0..<side { matrix[row][column] += weight * Double(point[row]) * Double(point[column]) }
            }
        }
        let (model, theta) = (RidgeModel(sums), Normal.solve(matrix, right))
        for _ in 0..<5 {
            let point = random()
            let numbers = point.values.map(Double.init)
            let score = model.score(point, prior: prior)
            #expect(abs(score.quality - zip(theta, numbers).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-4)
            let spread = zip(Normal.solve(matrix, numbers), numbers).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(score.deviation - 0.4 * spread.squareRoot()) < 1e-4)
        }
    }

    @Test("Sums that no judgments come to are taken for none")
    func broken() throws {
        var bytes = LearningSums().bytes
        // A weight of 1, and a product of −1e300 on the diagonal.
        func put(_ value: Double, at index: Int) {
            for place in 0..<8 {
                bytes[index * 8 + place] = UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64(place)))
            }
        }
        put(1, at: 0)
        put(-1e300, at: 1 + LearningFeatures.dimension)
        let sums = try #require(LearningSums(bytes: bytes))
        let score = RidgeModel(sums).score(features(), prior: 0.6)
        #expect(score.judgments == 0)
        #expect(abs(score.quality - 0.6) < 1e-6)
    }
}
