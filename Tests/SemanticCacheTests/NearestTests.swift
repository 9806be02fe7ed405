import GatewayCore
import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("The best rows of a scan")
struct NearestTests {
    private func row(_ number: Int) -> IndexRow {
        IndexRow(id: SampleEntries.id(number), features: GuardFeatures(text: ""), expires: .now(), group: 0)
    }

    @Test("They are those of a sort that keeps the order of equals, whatever the number and the floor",
          arguments: 0...8, [-2, -0.5, 0, 0.6, 2] as [Float])
    func sorted(count: Int, floor: Float) {
        var generator = SeededGenerator(seed: UInt64(count))
        let scores = (0..<300).map { _ in Float(Int.random(in: -10...10, using: &generator)) / 10 }
        var nearest = Nearest(count: count, floor: floor, reporting: floor - 0.3)
        for (number, score) in scores.enumerated() where score >= nearest.bar {
            // Every seventh row was struck out.
            nearest.offer(score) { number % 7 == 0 ? nil : row(number) }
        }
        let living = scores.enumerated().filter { $0.offset % 7 != 0 }
        let expected = living.filter { $0.element >= floor }
            .sorted { $0.element > $1.element || ($0.element == $1.element && $0.offset < $1.offset) }.prefix(count)
        let result = nearest.result(isEmpty: false)
        #expect(result.candidates.map(\.row.id) == expected.map { SampleEntries.id($0.offset) })
        #expect(result.candidates.map(\.similarity) == expected.map(\.element))
        #expect(result.best == living.map(\.element).max().flatMap { $0 >= floor - 0.3 ? $0 : nil })
    }

    @Test("The bar never lies above what could still change the answer")
    func bar() {
        var nearest = Nearest(count: 2, floor: 0.8, reporting: 0.7)
        #expect(nearest.bar == 0.7)
        nearest.offer(0.75) { row(1) }
        #expect(nearest.bar == 0.75)
        nearest.offer(0.9) { row(2) }
        #expect(nearest.bar == 0.8)
        nearest.offer(0.85) { row(3) }
        #expect(nearest.bar == 0.85)
        nearest.offer(.nan) { row(4) }
        #expect(nearest.bar == 0.85)
    }
}
