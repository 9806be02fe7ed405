import GatewayCore
import Testing

@testable import Routing

@Suite("Where sessions were answered")
struct AffinityTableTests {
    private let now = ContinuousClock.now

    private func stay(_ name: String, tokens: Int = 0) -> AffinityTable.Stay {
        AffinityTable.Stay(deployment: DeploymentID(name), promptTokens: tokens)
    }

    @Test("A session stays where it was answered last until it was idle too long")
    func life() {
        var rules = AffinityRules()
        rules.timeToLive = .seconds(10)
        let table = AffinityTable(rules)
        #expect(table.stay(of: 1, now: now) == nil)
        table.keep(stay("a"), of: 1, now: now)
        table.keep(stay("b", tokens: 5), of: 1, now: now + .seconds(5))
        #expect(table.stay(of: 1, now: now + .seconds(14)) == stay("b", tokens: 5))
        #expect(table.stay(of: 1, now: now + .seconds(15)) == nil)
        #expect(table.stay(of: 2, now: now) == nil)
    }

    @Test("No more are remembered than there may be, and those in use at least half of it")
    func bound() {
        var rules = AffinityRules()
        rules.capacity = 100
        let table = AffinityTable(rules)
        for session in 0..<10_000 as Range<UInt64> {
            table.keep(stay("a"), of: session, now: now)
            table.keep(stay("b"), of: 77_777, now: now)
        }
        let known = (0..<10_000 as Range<UInt64>).filter { table.stay(of: $0, now: now) != nil }
        #expect((50...100).contains(known.count))
        #expect(known.suffix(49).elementsEqual(9_951..<10_000))
        #expect(table.stay(of: 77_777, now: now) == stay("b"))
    }

    @Test("Of a prompt as much is expected to be kept as it had the last time, in a provider's steps", arguments: [
        (0, 5_000, 0), (1_023, 5_000, 0), (1_024, 5_000, 1_024), (1_200, 5_000, 1_152), (9_000, 2_000, 1_920),
        (9_000, 1_000, 0), (-5, 5_000, 0), (Int.max, Int.max, Int.max - Int.max % 128),
    ])
    func cached(last: Int, input: Int, expected: Int) {
        #expect(stay("a", tokens: last).cachedTokens(ofInput: input) == expected)
    }
}
