import GatewayTesting
import Testing

@testable import refrain

@Suite struct WindowOrderTests {
    private static let places = LegName.allCases.flatMap { leg in
        [WindowKind.half, .single, .ceiling].map { WindowOrder.Place(leg: leg, kind: $0) }
    }

    private static func keys(_ places: [WindowOrder.Place]) -> [String] {
        places.map { "\($0.leg.rawValue) \($0.kind.rawValue)" }
    }

    @Test("Every window comes once, and a leg's half load behind the ceiling that sets its rate", arguments: 0..<50)
    func ceilingsFirst(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let order = WindowOrder.shuffled(Self.places, using: &random)
        #expect(Self.keys(order).sorted() == Self.keys(Self.places).sorted())
        for leg in LegName.allCases {
            let kinds = order.filter { $0.leg == leg }.map(\.kind)
            #expect(kinds.firstIndex(of: .ceiling) ?? 9 < kinds.firstIndex(of: .half) ?? 0)
        }
    }

    @Test("A seed gives its order again, another seed another, and windows of a leg do not stay together")
    func shuffles() {
        func order(_ seed: UInt64) -> [WindowOrder.Place] {
            var random = SeededGenerator(seed: seed)
            return WindowOrder.shuffled(Self.places, using: &random)
        }
        #expect(order(1) == order(1))
        #expect(order(1) != order(2))
        let neighbours = zip(order(1), order(1).dropFirst()).filter { $0.leg == $1.leg }
        #expect(neighbours.count < Self.places.count / 4)
    }

    @Test("A half load without its ceiling stays where it fell")
    func alone() {
        var random = SeededGenerator(seed: 1)
        let lone = [WindowOrder.Place(leg: .direct, kind: .half)]
        #expect(WindowOrder.shuffled(lone, using: &random) == lone)
    }
}
