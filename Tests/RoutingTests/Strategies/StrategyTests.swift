import GatewayCore
import GatewayTesting
import Testing

@testable import Routing

@Suite("Strategies")
struct StrategyTests {
    private static let all: [RoutingStrategy] = [
        .priority, .weighted, .latency(), .leastBusy, .usageHeadroom, .cheapest(leastQuality: 0.5),
        .split(experiment: "x"),
    ]

    @Test("Every strategy orders any candidates without losing or doubling one", arguments: all)
    func permutations(strategy: RoutingStrategy) {
        let seed: UInt64 = 77
        var generator = SeededGenerator(seed: seed)
        var turns = SmoothWeights()
        for _ in 0..<2_000 {
            var members = candidates(
                weights: (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                    [0, 1, 5, -1, .nan, .infinity].randomElement(using: &generator) ?? 1
                })
            for index in members.indices {
                members[index].condition = condition(
                    firstToken: .milliseconds(Int.random(in: 0...900, using: &generator)),
                    perToken: .milliseconds(Int.random(in: 0...90, using: &generator)),
                    samples: Int64.random(in: 0...9, using: &generator),
                    inFlight: Int.random(in: 0...50, using: &generator))
                members[index].price = [nil, 0, 5, 9].randomElement(using: &generator) ?? nil
                members[index].quality = [nil, 0.2, 0.5, 0.9].randomElement(using: &generator) ?? nil
            }
            let context = StrategyContext(outputTokens: Int.random(in: 0...500, using: &generator))
            let order = strategy.order(members, context: context, turns: &turns, using: &generator)
            #expect(order.map(\.index).sorted() == Array(members.indices), "seed \(seed)")
        }
    }

    @Test("Weights 5, 1, 1 come in the order that spreads them evenly")
    func smooth() {
        var turns = SmoothWeights()
        let members = candidates(weights: [5, 1, 1])
        let names = (0..<14).map { _ in turns.turn(of: members).first.map { "abc".dropFirst($0).prefix(1) } ?? "" }
        // As published with the algorithm.
        #expect(names.joined() == "aabacaaaabacaa")
    }

    @Test("Weighted turns hit their shares within one in a thousand, also while a target is away and when it is back")
    func weighted() {
        var turns = SmoothWeights()
        let members = candidates(weights: [5, 3, 2])
        func shares(_ members: [StrategyCandidate], _ count: Int) -> [Double] {
            var firsts = members.map { _ in 0.0 }
            for _ in 0..<count { firsts[turns.turn(of: members).first ?? 0] += 1 }
            return firsts.map { $0 / Double(count) }
        }
        func near(_ shares: [Double], _ expected: [Double]) -> Bool {
            zip(shares, expected).allSatisfy { abs($0 - $1) <= 0.001 }
        }
        #expect(near(shares(members, 10_000), [0.5, 0.3, 0.2]))
        #expect(near(shares([members[0], members[2]], 10_000), [5.0 / 7, 2.0 / 7]))
        #expect(near(shares(members, 10_000), [0.5, 0.3, 0.2]))
    }

    @Test("A weight of zero is called only when all others are out")
    func zeroWeight() {
        var generator = SeededGenerator(seed: 5)
        let members = candidates(weights: [0, 1])
        for strategy in [RoutingStrategy.weighted, .leastBusy, .split(experiment: "x")] {
            #expect(firsts(strategy, members, count: 100, using: &generator) == [0, 100])
            #expect(firsts(strategy, [members[0]], count: 10, using: &generator) == [10])
        }
    }

    @Test("Targets within 1.2 times of the fastest share by load and weight, slower ones get nothing")
    func band() {
        var generator = SeededGenerator(seed: 6)
        var members = candidates(weights: [1, 1, 1, 1])
        // With 200 tokens: 4.5, 5.3, 5.5 and 8.5 s. The band ends at 5.4 s.
        let times: [(Int, Int)] = [(500, 20), (1_300, 20), (500, 25), (4_500, 20)]
        for (index, time) in times.enumerated() {
            members[index].condition = condition(firstToken: .milliseconds(time.0), perToken: .milliseconds(time.1))
        }
        let equal = firsts(.latency(), members, count: 10_000, using: &generator)
        // Equal load: the first of the two drawn, one half each, within three standard deviations.
        #expect(abs(equal[0] - 5_000) < 150 && abs(equal[1] - 5_000) < 150)
        #expect(equal[2...] == [0, 0])
        members[0].condition.inFlight = 3
        #expect(firsts(.latency(), members, count: 100, using: &generator) == [0, 100, 0, 0])
        var turns = SmoothWeights()
        let order = RoutingStrategy.latency().order(
            members, context: StrategyContext(outputTokens: 200), turns: &turns, using: &generator)
        #expect(order.map(\.index) == [1, 0, 2, 3])
        #expect(order.map(\.reason) == [.fast, .busier, .slower, .slower])
    }

    @Test("The answer's length decides between a quick start and quick tokens")
    func lengths() {
        var generator = SeededGenerator(seed: 7)
        var members = candidates(weights: [1, 1])
        members[0].condition = condition(firstToken: .milliseconds(200), perToken: .milliseconds(40))
        members[1].condition = condition(firstToken: .milliseconds(2_000), perToken: .milliseconds(10))
        func firsts(_ tokens: Int) -> [Int] {
            RoutingTests.firsts(
                .latency(), members, count: 10, context: { _ in StrategyContext(outputTokens: tokens) },
                using: &generator)
        }
        #expect(firsts(10) == [10, 0])
        #expect(firsts(500) == [0, 10])
    }

    @Test("Least busy counts calls for their weight")
    func leastBusy() {
        var generator = SeededGenerator(seed: 8)
        var members = candidates(weights: [1, 4])
        members[0].condition.inFlight = 1
        members[1].condition.inFlight = 6
        // 2 for 1 against 7 for 4.
        #expect(firsts(.leastBusy, members, count: 10, using: &generator) == [0, 10])
        members[1].condition.inFlight = 8
        #expect(firsts(.leastBusy, members, count: 10, using: &generator) == [10, 0])
    }

    @Test("Where the pick compares what is left of limits, those of one tier come by their load until then")
    func headroom() {
        var generator = SeededGenerator(seed: 9)
        var members = candidates(weights: [1, 4])
        members[0].condition.inFlight = 1
        members[1].condition.inFlight = 6
        #expect(firsts(.usageHeadroom, members, count: 10, using: &generator) == [0, 10])
    }

    @Test("The cheapest that is good enough comes first, what has no price or no quality is not taken for cheap or good")
    func cheapest() {
        var generator = SeededGenerator(seed: 10)
        var members = candidates(weights: [1, 1, 1, 1, 1])
        let facts: [(Int64?, Double?)] = [(100, 0.4), (300, 0.9), (200, 0.8), (nil, 0.95), (1, nil)]
        for (index, fact) in facts.enumerated() { (members[index].price, members[index].quality) = fact }
        var turns = SmoothWeights()
        func order(_ least: Double?) -> [RankedTarget] {
            RoutingStrategy.cheapest(leastQuality: least).order(
                members, context: StrategyContext(outputTokens: 1), turns: &turns, using: &generator)
        }
        #expect(order(0.7).map(\.index) == [2, 1, 3, 0, 4])
        #expect(order(0.7).map(\.reason) == [.cheapest, .dearer, .unpriced, .belowQuality, .belowQuality])
        #expect(order(nil).map(\.index) == [4, 0, 2, 1, 3])
        members[1].price = 200
        members[2].condition.inFlight = 2
        #expect(order(0.7).first?.index == 1)
    }
}
