import GatewayCore
import GatewayTesting
import Testing

@testable import Routing

@Suite("The target of a session")
struct SessionChoiceTests {
    private func first(
        _ rule: RouteRule, _ members: [StrategyCandidate], session: UInt64, last: String? = nil, seed: UInt64 = 1
    ) -> RankedTarget? {
        var generator = SeededGenerator(seed: seed)
        var context = StrategyContext(outputTokens: 200)
        context.session = SessionChoice(key: session, last: last.map { DeploymentID($0) })
        return RouteBalancer(rule).rank(members, context: context, using: &generator).targets.first
    }

    @Test("A session goes where it was last, whatever the strategy would take", arguments: [
        RoutingStrategy.priority, .weighted, .latency(), .leastBusy, .usageHeadroom,
    ])
    func last(strategy: RoutingStrategy) {
        var members = candidates(weights: [1, 1, 1])
        for index in members.indices { members[index].price = Int64(10 + index) }
        for name in ["a", "b", "c"] {
            let first = first(RouteRule(strategy), members, session: 7, last: name)
            #expect(first.map { members[$0.index].deployment } == DeploymentID(name))
            #expect(first?.reason == .session)
        }
    }

    @Test("Where price decides it stays only where no other is cheaper, or none has a price")
    func price() {
        var members = candidates(weights: [1, 1, 1])
        #expect(first(RouteRule(.cheapest()), members, session: 7, last: "c") == RankedTarget(2, .session))
        for index in members.indices { members[index].price = Int64(10 + index) }
        #expect(first(RouteRule(.cheapest()), members, session: 7, last: "c") == RankedTarget(0, .cheapest))
        members[2].price = 10
        #expect(first(RouteRule(.cheapest()), members, session: 7, last: "c") == RankedTarget(2, .session))
    }

    @Test("Not to a target that fails, is limited, or stands in a tier behind")
    func unwell() {
        for standing in [TargetStanding.open(until: .now), .limited(until: .now), .disabled(until: .now)] {
            var members = candidates(weights: [1, 1])
            members[1].condition.standing = standing
            #expect(first(RouteRule(.priority), members, session: 7, last: "b") == RankedTarget(0, .configured))
        }
        var members = candidates(weights: [1, 1])
        members[1].tier = 1
        #expect(first(RouteRule(.priority), members, session: 7, last: "b") == RankedTarget(0, .configured))
    }

    @Test("New sessions go the same way in every replica, and by weight over all of them")
    func rendezvous() {
        let members = candidates(weights: [3, 1])
        var counts = [0, 0]
        for session in 0..<2_000 as Range<UInt64> {
            let here = first(RouteRule(.weighted), members, session: session &* 0x9E37_79B9_7F4A_7C15, seed: session)
            let there = first(
                RouteRule(.weighted), members, session: session &* 0x9E37_79B9_7F4A_7C15, seed: session + 1)
            #expect(here == there)
            #expect(here?.reason == .session)
            if let here { counts[here.index] += 1 }
        }
        // 1500 expected, standard deviation 19.4.
        #expect(abs(counts[0] - 1_500) < 97)
    }

    @Test("A new session does not go where the strategy would not: not to the second, the dearer, the slower")
    func strategy() {
        var members = candidates(weights: [1, 1, 1])
        for index in members.indices { members[index].price = index == 0 ? 1 : 2 }
        members[0].condition = condition(firstToken: .milliseconds(100), perToken: .milliseconds(1))
        for index in 1...2 {
            members[index].condition = condition(firstToken: .seconds(2), perToken: .milliseconds(30))
        }
        for session in 0..<50 as Range<UInt64> {
            #expect(first(RouteRule(.priority), members, session: session)?.index == 0)
            #expect(first(RouteRule(.cheapest()), members, session: session)?.index == 0)
            #expect(first(RouteRule(.latency()), members, session: session)?.index == 0)
        }
    }

    @Test("When a target drops out only its sessions move, and they come back with it")
    func dropOut() {
        let members = candidates(weights: [1, 1, 1])
        var fewer = members
        fewer[2].condition.standing = .open(until: .now)
        for session in 0..<300 as Range<UInt64> {
            let before = first(RouteRule(.leastBusy), members, session: session)?.index
            let without = first(RouteRule(.leastBusy), fewer, session: session)?.index
            #expect(before == 2 ? without != 2 : without == before)
        }
    }
}
