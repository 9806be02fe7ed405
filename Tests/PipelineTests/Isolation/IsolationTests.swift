import Foundation
import Testing

/// Nothing leaks: whatever is asked, no answer crosses a wall.
@Suite("Isolation")
struct IsolationTests {
    /// `make isolation` asks for many more.
    private static let wanted =
        ProcessInfo.processInfo.environment["REFRAIN_ISOLATION_REQUESTS"].flatMap { Int($0) } ?? 4_000

    @Test("No request is answered from behind another wall, of tenants, persons, models, prompts, tools or headers")
    func fuzz() async throws {
        let seed = ProcessInfo.processInfo.environment["REFRAIN_ISOLATION_SEED"].flatMap { UInt64($0) } ?? 20_261_122
        let start = ContinuousClock.now
        let tally = try await IsolationWorld.run(Self.wanted, seed: seed)
        print(
            """
            isolation, seed \(seed): \(tally.requests) requests, \(tally.exact) exact hits, \(tally.similar) similar \
            ones, \(tally.calls) calls of the provider, \(tally.failures) failed, \(tally.crossHits) cross hits, in \
            \(start.duration(to: .now))
            """)
        #expect(tally.examples == [])
        #expect(tally.crossHits == 0)
        #expect(tally.failures == 0)
        #expect(tally.exact > tally.requests / 20 && tally.similar > tally.requests / 40)
    }

    @Test("The fuzz sees a wall that is not there")
    func sees() async throws {
        // `store` is no part of the wall; the oracle is told that it is.
        let tally = try await IsolationWorld.run(2_000, seed: 7, forgets: true)
        #expect(tally.crossHits > 100)
    }
}
