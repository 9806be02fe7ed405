import GatewayCore
import Testing

@testable import Routing

@Suite("Cooldowns")
struct TargetCooldownsTests {
    private let a = DeploymentID("a")
    private let start = ContinuousClock.now

    /// What a word of a sequence means, and the seconds the clock moves on behind it.
    private enum Word: CaseIterable {
        case answered, failed, limited, limitedForLong, wait
    }

    /// The rules once more, from the words of their documentation, as a slow fold over the history.
    private func expected(_ words: [Word]) -> Bool {
        var now = 0
        var failures = 0
        var ends: [Int] = []
        for word in words {
            switch word {
            case .answered: (failures, ends) = (0, [])
            case .failed:
                failures += 1
                if failures >= 2 { ends.append(now + 10) }
            case .limited: ends.append(now + 10)
            case .limitedForLong: ends.append(now + 25)
            case .wait: now += 8
            }
        }
        return ends.contains { $0 > now }
    }

    @Test("Every sequence of up to six events leaves a target cooling exactly when the rules say so")
    func sequences() {
        var sequences: [[Word]] = [[]]
        var checked = 0
        for _ in 0..<6 {
            sequences = sequences.flatMap { words in Word.allCases.map { words + [$0] } }
            for words in sequences {
                checked += 1
                var cooldowns = TargetCooldowns(failureLimit: 2, cooldown: .seconds(10))
                var now = start
                for word in words {
                    switch word {
                    case .answered: cooldowns.record(.answered, of: a, now: now)
                    case .failed: cooldowns.record(.failed, of: a, now: now)
                    case .limited: cooldowns.record(.rateLimited(nil), of: a, now: now)
                    case .limitedForLong: cooldowns.record(.rateLimited(.seconds(25)), of: a, now: now)
                    case .wait: now += .seconds(8)
                    }
                }
                if cooldowns.cooling(at: now).contains(a) != expected(words) { Issue.record("\(words)") }
            }
        }
        #expect(checked == 5 + 25 + 125 + 625 + 3125 + 15625)
    }

    @Test("A cooldown ends at its instant, not behind it")
    func end() {
        var cooldowns = TargetCooldowns(failureLimit: 1, cooldown: .seconds(10))
        cooldowns.record(.failed, of: a, now: start)
        #expect(cooldowns.cooling(at: start + .milliseconds(9_999)) == [a])
        #expect(cooldowns.cooling(at: start + .seconds(10)) == [])
    }

    @Test("A provider cannot ask to be left alone for more than five minutes, nor for less than nothing")
    func bounds() {
        var cooldowns = TargetCooldowns(failureLimit: 1, cooldown: .seconds(10))
        cooldowns.record(.rateLimited(.seconds(100_000)), of: a, now: start)
        #expect(cooldowns.cooling(at: start + .seconds(299)) == [a])
        #expect(cooldowns.cooling(at: start + .seconds(300)) == [])
        cooldowns.record(.answered, of: a, now: start)
        cooldowns.record(.rateLimited(.seconds(-5)), of: a, now: start)
        #expect(cooldowns.cooling(at: start) == [])
    }

    @Test("A short wait asked for later does not end a long one")
    func longestCounts() {
        var cooldowns = TargetCooldowns(failureLimit: 1, cooldown: .seconds(10))
        cooldowns.record(.rateLimited(.seconds(60)), of: a, now: start)
        cooldowns.record(.failed, of: a, now: start)
        cooldowns.record(.rateLimited(.seconds(1)), of: a, now: start)
        #expect(cooldowns.cooling(at: start + .seconds(59)) == [a])
    }

    @Test("One target's failures say nothing about another")
    func independence() {
        var cooldowns = TargetCooldowns(failureLimit: 1, cooldown: .seconds(10))
        cooldowns.record(.failed, of: a, now: start)
        cooldowns.record(.answered, of: DeploymentID("b"), now: start)
        #expect(cooldowns.cooling(at: start) == [a])
    }
}
