import GatewayCore
import GatewayTesting
import Testing

@testable import Routing

@Suite("Splits by session")
struct SessionSplitTests {
    private let split = SessionSplit(experiment: "copy")

    @Test("A session's order is the same in every process")
    func golden() {
        let members = candidates(weights: [3, 2, 2])
        let sessions: [UInt64] = [0, 1, 2, 3, 12_345, .max, 987_654_321_987_654_321, 77, 78, 79, 80, 81]
        let orders = sessions.map { session in
            split.order(members, session: session).map { String("abc".dropFirst($0).prefix(1)) }.joined()
        }
        // Computed by a Python program after the paper.
        #expect(orders == ["cab", "cba", "bca", "cab", "acb", "acb", "abc", "cab", "bac", "bac", "acb", "abc"])
    }

    @Test("Sessions are split by weight within a third of a percent")
    func shares() {
        let members = candidates(weights: [90, 10])
        let first = (0..<100_000).count { split.order(members, session: $0).first == 1 }
        #expect(abs(first - 10_000) < 300)
    }

    @Test("When a target drops out only its own sessions move, and another weight moves only those it must")
    func movement() {
        let members = candidates(weights: [1, 1, 1])
        let without = [members[0], members[2]]
        let heavier = candidates(weights: [2, 1, 1])
        var moved = 0
        for session in UInt64(0)..<20_000 {
            let name = members[split.order(members, session: session)[0]].deployment
            let after = without[split.order(without, session: session)[0]].deployment
            if name != members[1].deployment, after != name { Issue.record("session \(session) moved") }
            let other = heavier[split.order(heavier, session: session)[0]].deployment
            if other != name {
                moved += 1
                if other != members[0].deployment { Issue.record("session \(session) went to \(other)") }
            }
        }
        // a grows from a third to a half: a sixth of the sessions.
        #expect(abs(moved - 20_000 / 6) < 200)
    }

    @Test("Two experiments split independently of each other")
    func independence() {
        let members = candidates(weights: [1, 1])
        let other = SessionSplit(experiment: "font")
        let both = (0..<20_000).count {
            split.order(members, session: $0).first == 0 && other.order(members, session: $0).first == 0
        }
        #expect(abs(both - 5_000) < 200)
    }

    @Test("A request without a session is split by lot")
    func lots() {
        var generator = SeededGenerator(seed: 3)
        let firsts = firsts(.split(experiment: "x"), candidates(weights: [3, 1]), count: 10_000, using: &generator)
        #expect(abs(firsts[0] - 7_500) < 150)
    }
}
