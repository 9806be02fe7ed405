import GatewayTesting
import Testing

@testable import Routing

@Suite("Sums of judgments")
struct LearningSumsTests {
    static func random(_ seed: UInt64, judgments: Int = 9) -> LearningSums {
        var generator = SeededGenerator(seed: seed)
        var sums = LearningSums()
        for _ in 0..<judgments {
            let point = LearningFeatures((0..<36).map { _ in Float.random(in: -1...1, using: &generator) })
            sums.add(point, score: Double.random(in: 0...1, using: &generator), weight: 1)
        }
        return sums
    }

    @Test("Each is the sum that its name says")
    func elements() {
        var sums = LearningSums()
        let points = [LearningFeatures([1, 2, 3]), LearningFeatures([0, -1, 0.5])]
        sums.add(points[0], score: 1, weight: 2)
        sums.add(points[1], score: 0.5, weight: 1)
        #expect(sums.weight == 3)
        #expect([0, 1, 2].map(sums.response) == [2, 3.5, 6.25])
        #expect(sums.product(0, 1) == 4)
        #expect(sums.product(2, 1) == 2 * 6 - 0.5)
        #expect(sums.product(2, 2) == 2 * 9 + 0.25)
        #expect(sums.product(35, 35) == 0)
    }

    @Test("Bytes give back the same sums, and any other number of bytes gives none")
    func bytes() {
        let sums = Self.random(5)
        #expect(LearningSums(bytes: sums.bytes) == sums)
        for length in [0, 1, 7, 8, sums.bytes.count - 1] {
            #expect(LearningSums(bytes: sums.bytes.prefix(length)) == nil)
        }
        #expect(LearningSums(bytes: sums.bytes + [0]) == nil)
    }

    @Test("Bytes that hold no numbers give none, and others never trap")
    func damaged() {
        #expect(LearningSums(bytes: [UInt8](repeating: 0xFF, count: LearningSums.count * 8)) == nil)
        var negative = LearningSums().bytes
        negative[7] = 0xC0
        #expect(LearningSums(bytes: negative) == nil)
        var generator = SeededGenerator(seed: 77)
        for _ in 0..<20 {
            let noise = (0..<LearningSums.count * 8).map { _ in UInt8.random(in: 0...255, using: &generator) }
            if let sums = LearningSums(bytes: noise) { _ = RidgeModel(sums) }
        }
    }

    @Test("A request's features survive their record to a ten-thousandth, and no other record is read")
    func record() throws {
        var generator = SeededGenerator(seed: 3)
        let features = LearningFeatures((0..<36).map { _ in Float.random(in: -2...2, using: &generator) })
        let read = try #require(LearningFeatures(record: features.record))
        for (one, other) in zip(features.values, read.values) { #expect(abs(one - other) <= 0.5e-4 + 1e-6) }
        #expect(LearningFeatures(record: Array(features.record.dropLast())) == nil)
        #expect(LearningFeatures(record: Array(repeating: .min, count: 36)) == nil)
    }
}
