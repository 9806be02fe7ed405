import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import SemanticCache

@Suite("Two segments in the order of use")
struct SegmentedLRUTests {
    private let samples = SampleEntries()

    private func resident(_ number: Int, bytes: Int = 10) -> SegmentedLRU.Resident {
        SegmentedLRU.Resident(
            key: HotKey(SampleEntries.id(number)), digest: UInt64(number), bytes: bytes,
            entry: samples.bareEntry(number), checked: .now)
    }

    /// Who would go first, second, and so on.
    private func victims(_ lru: SegmentedLRU) -> [UInt64] {
        var order: [UInt64] = []
        var next = lru.firstVictim
        while let place = next {
            order.append(lru.resident(at: place)?.digest ?? .max)
            next = lru.victim(after: place)
        }
        return order
    }

    @Test("Who was never asked for again goes first, then who was asked for longest ago")
    func order() throws {
        var lru = SegmentedLRU(byteLimit: 1_000)
        for number in 1...5 { lru.insert(resident(number)) }
        for number in [2, 4, 2] { lru.use(try #require(lru.place(of: HotKey(SampleEntries.id(number))))) }
        #expect(victims(lru) == [1, 3, 5, 4, 2])
    }

    @Test("What does not fit among the protected goes back on probation, as its newest")
    func demotion() throws {
        var lru = SegmentedLRU(byteLimit: 50)
        for number in 1...5 { lru.insert(resident(number)) }
        // Four of ten bytes are protected.
        for number in 1...5 { lru.use(try #require(lru.place(of: HotKey(SampleEntries.id(number))))) }
        #expect(victims(lru) == [1, 2, 3, 4, 5])
        lru.insert(resident(6))
        #expect(victims(lru) == [1, 6, 2, 3, 4, 5])
        #expect(lru.byteCount == 60)
    }

    @Test("A resident larger than the protected segment stays on probation, and nothing is lost")
    func giant() throws {
        var lru = SegmentedLRU(byteLimit: 50)
        lru.insert(resident(1, bytes: 45))
        lru.use(try #require(lru.firstVictim))
        #expect(victims(lru) == [1])
        #expect(lru.byteCount == 45)
    }

    @Test("It agrees with two plain lists under random use", arguments: [1, 2, 3] as [UInt64])
    func model(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var lru = SegmentedLRU(byteLimit: 1_000)
        var (probation, protected): ([(Int, Int)], [(Int, Int)]) = ([], [])
        for step in 0..<5_000 {
            let number = Int.random(in: 0..<60, using: &generator)
            let isRemoval = Int.random(in: 0..<4, using: &generator) == 0
            let place = lru.place(of: HotKey(SampleEntries.id(number)))
            let known = (probation + protected).first { $0.0 == number }
            try #require((place != nil) == (known != nil), "seed \(seed), step \(step)")
            if let place, let known {
                probation.removeAll { $0.0 == number }
                protected.removeAll { $0.0 == number }
                if isRemoval {
                    lru.remove(place)
                } else {
                    lru.use(place)
                    protected.append(known)
                    while protected.reduce(0, { $0 + $1.1 }) > 800 { probation.append(protected.removeFirst()) }
                }
            } else {
                let bytes = Int.random(in: 1...100, using: &generator)
                lru.insert(resident(number, bytes: bytes))
                probation.append((number, bytes))
            }
            let expected = probation + protected
            try #require(victims(lru) == expected.map { UInt64($0.0) }, "seed \(seed), step \(step)")
            try #require(lru.byteCount == expected.reduce(0) { $0 + $1.1 }, "seed \(seed), step \(step)")
            try #require(lru.count == expected.count, "seed \(seed), step \(step)")
        }
    }
}
