import GatewayCore
import GatewayTesting
import Testing

@testable import Routing

@Suite("A route's order")
struct RouteBalancerTests {
    private let start = ContinuousClock.now
    private let context = StrategyContext(outputTokens: 200)

    private func rank(_ rule: RouteRule, _ members: [StrategyCandidate]) -> TargetRanking {
        var generator = SeededGenerator(seed: 1)
        return RouteBalancer(rule).rank(members, context: context, using: &generator)
    }

    @Test("Tiers come in order, then limited targets by their end, then failing ones, the least bad first")
    func groups() {
        var members = candidates(weights: [1, 1, 1, 1, 1, 1, 1, 1])
        members[0].tier = 1
        members[2].condition.standing = .probation
        members[3].condition.standing = .limited(until: start + .seconds(9))
        members[4].condition.standing = .limited(until: start + .seconds(3))
        members[5].condition.standing = .open(until: start + .seconds(1))
        members[6].condition.standing = .open(until: start + .seconds(8))
        members[7].condition.standing = .disabled(until: start)
        (members[5].condition.requests, members[5].condition.failures) = (10, 5)
        (members[6].condition.requests, members[6].condition.failures) = (10, 4)
        let ranking = rank(RouteRule(.priority), members)
        #expect(ranking.targets.map(\.index) == [1, 2, 0, 4, 3, 6, 5])
        #expect(
            ranking.targets.map(\.reason)
                == [.configured, .configured, .configured, .limited, .limited, .failing, .failing])
        #expect(ranking.excluded == [RankedTarget(7, .keyRefused)])
        #expect(!ranking.isLastResort)
    }

    @Test("When all targets fail the least bad is tried, and the order says so")
    func lastResort() {
        var members = candidates(weights: [1, 1])
        members[0].condition.standing = .open(until: start + .seconds(5))
        members[1].condition.standing = .open(until: start + .seconds(1))
        let ranking = rank(RouteRule(.weighted), members)
        #expect(ranking.isLastResort)
        #expect(ranking.targets.map(\.index) == [1, 0])
        members[1].condition.standing = .limited(until: start)
        #expect(!rank(RouteRule(.weighted), members).isLastResort)
        #expect(rank(RouteRule(.weighted), []) == TargetRanking())
    }

    @Test("Each tier has its own strategy and its own turns")
    func tiers() {
        var rule = RouteRule(.weighted)
        rule.tiers[1] = RouteRule.Tier(.priority)
        var members = candidates(weights: [1, 1, 1, 1])
        members[2].tier = 1
        members[3].tier = 1
        let balancer = RouteBalancer(rule)
        var generator = SeededGenerator(seed: 1)
        let orders = (0..<4).map { _ in
            balancer.rank(members, context: context, using: &generator).targets.map(\.index)
        }
        #expect(orders == [[0, 1, 2, 3], [1, 0, 2, 3], [0, 1, 2, 3], [1, 0, 2, 3]])
    }

    @Test("A target at its share of a burst hands the next call to the first with room, and both are marked")
    func shareLimit() {
        var rule = RouteRule(.priority)
        rule.usual.shareLimit = ShareLimit(share: 0.5)
        var members = candidates(weights: [1, 1, 1])
        members[0].condition.inFlight = 5
        members[1].condition.inFlight = 4
        // With the new one ten calls, so five each.
        var ranking = rank(rule, members)
        #expect(ranking.targets.map(\.index) == [1, 0, 2])
        #expect(ranking.targets.map(\.reason) == [.spillover, .spilled, .configured])
        members[0].condition.inFlight = 4
        // Nine calls are no burst.
        #expect(rank(rule, members).targets.map(\.index) == [0, 1, 2])
        // A share that no number of targets could keep is an equal one.
        rule.usual.shareLimit = ShareLimit(share: 0.01)
        members[0].condition.inFlight = 40
        members[1].condition.inFlight = 40
        ranking = rank(rule, members)
        #expect(ranking.targets.map(\.index) == [2, 0, 1])
    }

    @Test("A target that is too slow for three minutes comes behind all tiers, and back when it is fast or long silent")
    func cutoff() {
        var rule = RouteRule(.priority)
        var cutoff = SpeedCutoff()
        cutoff.medianFactor = 3
        rule.cutoff = cutoff
        rule.exploration.share = 0
        let balancer = RouteBalancer(rule)
        var generator = SeededGenerator(seed: 1)
        var members = candidates(weights: [1, 1, 1])
        members[2].tier = 1
        let fast = condition(firstToken: .milliseconds(500), perToken: .milliseconds(20))
        let slow = condition(firstToken: .milliseconds(500), perToken: .milliseconds(100))
        func order(_ first: TargetCondition) -> [RankedTarget] {
            members[0].condition = first
            return balancer.rank(members, context: context, using: &generator).targets
        }
        for index in members.indices { members[index].condition = fast }
        #expect(order(fast).map(\.index) == [0, 1, 2])
        #expect(order(slow).map(\.index) == [1, 2, 0])
        #expect(order(slow).last?.reason == .slow)
        // Too few samples say neither that it is well nor that it is not.
        var few = fast
        few.recent.perTokenSamples = 4
        few.recent.firstTokenSamples = 4
        #expect(order(few).map(\.index) == [1, 2, 0])
        #expect(order(fast).map(\.index) == [0, 1, 2])
        #expect(order(few).map(\.index) == [0, 1, 2])
        _ = order(slow)
        var silent = slow
        silent.recent = LatencyFigures()
        #expect(order(silent).map(\.index) == [0, 1, 2])
    }

    @Test("An agreed time cuts off without any other target to compare with, but never all of them")
    func agreedTimes() {
        var cutoff = SpeedCutoff()
        cutoff.longestPerToken = .milliseconds(50)
        cutoff.longestFirstToken = .seconds(2)
        let good = condition(firstToken: .milliseconds(500), perToken: .milliseconds(20))
        let dull = condition(firstToken: .milliseconds(500), perToken: .milliseconds(51))
        let late = condition(firstToken: .milliseconds(2_001), perToken: .milliseconds(20))
        #expect(cutoff.isTooSlow(good.recent, beside: []) == false)
        #expect(cutoff.isTooSlow(dull.recent, beside: []) == true)
        #expect(cutoff.isTooSlow(late.recent, beside: []) == true)
        #expect(cutoff.isTooSlow(LatencyFigures(), beside: []) == nil)
        var rule = RouteRule(.priority)
        rule.cutoff = cutoff
        var members = candidates(weights: [1, 1])
        members[0].condition = dull
        members[1].condition = late
        #expect(rank(rule, members).targets.map(\.reason) == [.configured, .configured])
    }

    @Test("A slow target is explored by one request in twenty at most, one at a time, and not while it was just heard of")
    func exploration() {
        let balancer = RouteBalancer(RouteRule(.latency()))
        var generator = SeededGenerator(seed: 1)
        var members = candidates(weights: [1, 1])
        members[0].condition = condition(firstToken: .milliseconds(500), perToken: .milliseconds(20))
        members[1].condition = condition(firstToken: .milliseconds(500), perToken: .milliseconds(90))
        func explored(_ count: Int) -> Int {
            (0..<count).count { _ in
                balancer.rank(members, context: context, using: &generator).targets.first
                    == RankedTarget(1, .explored)
            }
        }
        #expect(explored(1_000) == 0)
        members[1].condition.silence = .seconds(15)
        #expect(explored(1_000) == 50)
        members[1].condition.inFlight = 1
        #expect(explored(1_000) == 0)
    }
}
