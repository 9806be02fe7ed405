import GatewayCore
import GatewayTesting
import NIOCore
import SemanticCache
import Testing

@Suite("Who is held in memory", .timeLimit(.minutes(2)))
struct HotTierAdmissionTests {
    @Test("Under random load with answers of all sizes the bound holds, and every answer is the store's", arguments: [
        1, 2, 3,
    ] as [UInt64])
    func byteBound(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let fixture = HotFixture(staleness: .seconds(60), byteLimit: 1 << 20)
        let sizes = [0, 10, 1_000, 1_000, 30_000, 300_000, 900_000, 1 << 20, 3 << 20]
        var most = 0
        for step in 0..<4_000 {
            let number = Int.random(in: 0..<300, using: &generator)
            let size = sizes[Int.random(in: 0..<sizes.count, using: &generator)]
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: try await fixture.tier.delete(SampleEntries.id(number), in: SampleEntries.partition(1))
            case 1...2: try await fixture.tier.save(fixture.entry(number, bytes: size))
            case 3:
                try await fixture.base.save(fixture.entry(number, bytes: size))
                fixture.tier.follow(.added(SampleEntries.id(number), SampleEntries.partition(1)))
            default:
                let truth = try await fixture.base.load(SampleEntries.id(number), in: SampleEntries.partition(1))
                let found = try await fixture.load(number)
                try #require(found?.answer == truth?.answer, "seed \(seed), step \(step)")
            }
            let counts = fixture.tier.counts
            try #require(counts.bytes <= 1 << 20, "seed \(seed), step \(step)")
            most = max(most, counts.entries)
        }
        #expect(most > 20, "seed \(seed)")
        #expect(fixture.tier.counts.hits > 100, "seed \(seed)")
        for number in 0..<300 {
            try await fixture.tier.delete(SampleEntries.id(number), in: SampleEntries.partition(1))
        }
        #expect(fixture.tier.counts.bytes == HotFixture(byteLimit: 1 << 20).tier.counts.bytes, "seed \(seed)")
    }

    @Test("An answer larger than all memory is served and not held, and costs nobody a place")
    func giant() async throws {
        let fixture = HotFixture()
        try await fixture.tier.save(fixture.entry(1, bytes: 1_000))
        try await fixture.tier.save(fixture.entry(2, bytes: 1 << 20))
        for _ in 0..<20 { #expect(try await fixture.load(2)?.answer.readableBytes == 1 << 20) }
        #expect(fixture.tier.counts.entries == 1)
        #expect(try await !fixture.asksStore(1))
    }

    @Test("A large answer does not displace many small ones that together are asked for more often")
    func largeAgainstMany() async throws {
        let fixture = HotFixture()
        for number in 0..<400 { try await fixture.base.save(fixture.entry(number, bytes: 1_500)) }
        for number in 0..<400 { for _ in 0..<3 { _ = try await fixture.load(number) } }
        let held = fixture.tier.counts.entries
        try await fixture.base.save(fixture.entry(1_000, bytes: 400_000))
        for _ in 0..<20 { _ = try await fixture.load(1_000) }
        #expect(fixture.tier.counts.entries == held)
        // Asked for more often than all of them together, it comes in. Its counter stops at 255.
        for _ in 0..<20_000 where try await fixture.asksStore(1_000) {}
        #expect(try await !fixture.asksStore(1_000))
    }

    @Test("One-time questions, many times more than fit, do not displace what is asked for again and again")
    func scan() async throws {
        let fixture = HotFixture()
        let hot = 0..<100
        for number in hot { try await fixture.base.save(fixture.entry(number, bytes: 1_000)) }
        for _ in 0..<3 { for number in hot { _ = try await fixture.load(number) } }
        var next = 1_000
        var asked = 0
        for _ in 0..<20 {
            // About 600 fit: to the least recently used rule, none of the hot ones would outlive this.
            for _ in 0..<2_000 {
                try await fixture.base.save(fixture.entry(next, bytes: 1_000))
                _ = try await fixture.load(next)
                next += 1
            }
            for number in hot where try await fixture.asksStore(number) { asked += 1 }
        }
        #expect(asked < 20 * 100 / 20, "\(asked) of 2,000 were asked for in the store")
    }

    @Test("Memory full of one-time questions makes room for what is asked for again")
    func coldStart() async throws {
        let fixture = HotFixture()
        for number in 1_000..<3_000 {
            try await fixture.base.save(fixture.entry(number, bytes: 1_000))
            _ = try await fixture.load(number)
        }
        for number in 0..<100 {
            try await fixture.base.save(fixture.entry(number, bytes: 1_000))
            for _ in 0..<20 { _ = try await fixture.load(number) }
        }
        var held = 0
        for number in 0..<100 where try await !fixture.asksStore(number) { held += 1 }
        #expect(held >= 95)
    }

    @Test("Frequencies age: what was asked for very often once gives way to what is asked for now")
    func ageing() async throws {
        let fixture = HotFixture()
        let (former, present) = (0..<7, 100..<107)
        for number in Array(former) + present { try await fixture.base.save(fixture.entry(number, bytes: 100_000)) }
        for _ in 0..<1_000 { for number in former { _ = try await fixture.load(number) } }
        for number in former { #expect(try await !fixture.asksStore(number)) }
        var rounds = 0
        var asked = present.count
        while asked > 0, rounds < 5_000 {
            rounds += 1
            asked = 0
            for number in present where try await fixture.asksStore(number) { asked += 1 }
        }
        #expect(rounds > 1)
        #expect(asked == 0, "after \(rounds) rounds")
    }
}
