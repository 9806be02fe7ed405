import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Testing

@testable import SemanticCache

@Suite("Making answers anew before they are due")
struct EarlyRefreshTests {
    private let due = UnixTime(milliseconds: 1_000_000)

    private func early(_ random: Double, earliness: Double = 1) -> EarlyRefresh {
        EarlyRefresh(earliness: earliness) { random }
    }

    @Test("An answer is due from its soft expiry on, whatever chance says; one without any never is")
    func isDue() {
        let freshness = EntryFreshness(due: due, took: .seconds(2))
        #expect(early(1).isTime(freshness, now: due))
        #expect(!early(1).isTime(freshness, now: due + .milliseconds(-1)))
        #expect(!early(0).isTime(EntryFreshness(took: .seconds(2)), now: UnixTime(milliseconds: .max)))
    }

    /// -2 s × ln(0.5) is 1.386 s, -2 s × ln(e^-1) is 2 s.
    @Test("Before it the time it took counts, times the logarithm of chance, times beta", arguments: [
        (0.5, 1, 1386, true), (0.5, 1, 1387, false), (0.36787944117144233, 1, 2000, true),
        (0.36787944117144233, 1, 2001, false), (0.5, 2, 2772, true), (0.5, 2, 2773, false), (0.0, 0, 1, false),
    ] as [(Double, Double, Int64, Bool)])
    func formula(random: Double, earliness: Double, before: Int64, isTime: Bool) {
        let freshness = EntryFreshness(due: due, took: .seconds(2))
        #expect(early(random, earliness: earliness).isTime(freshness, now: due + .milliseconds(-before)) == isTime)
    }

    @Test("How often it is time so long before follows the exponential law")
    func law() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        let generator = NIOLockedValueBox(SeededGenerator(seed: seed))
        let early = EarlyRefresh(earliness: 1) {
            generator.withLockedValue { Double.random(in: 0...1, using: &$0) }
        }
        let freshness = EntryFreshness(due: due, took: .seconds(1))
        // P(-ln(u) >= t) is e^-t.
        for (before, chance) in [(500, 0.6065), (1000, 0.3679), (3000, 0.0498)] as [(Int64, Double)] {
            let times = (0..<20_000).count { _ in early.isTime(freshness, now: due + .milliseconds(-before)) }
            #expect(abs(Double(times) / 20_000 - chance) < 0.03)
        }
    }

    @Test("Times at the ends of what can be stored do not trap")
    func extremes() {
        let freshness = EntryFreshness(
            due: UnixTime(milliseconds: .max), took: .milliseconds(Int64(UInt32.max)))
        #expect(!early(0).isTime(freshness, now: UnixTime(milliseconds: .min)))
        #expect(early(0).isTime(freshness, now: UnixTime(milliseconds: .max)))
    }
}
