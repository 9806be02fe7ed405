import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("The table of places")
struct PlaceTableTests {
    /// A key is its row's number here; `spread` says how many hashes there are, so that a small one makes many equal.
    private func hash(_ key: UInt32, spread: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: (UInt64(key % spread) &* 0x9E37_79B9_7F4A_7C15) >> 32)
    }

    @Test(
        "It holds what a dictionary holds, through additions, replacements and removals",
        arguments: [(seed: UInt64(1), spread: UInt32.max), (2, 7), (3, 1)])
    func model(seed: UInt64, spread: UInt32) {
        var random = SeededGenerator(seed: seed)
        var table = PlaceTable()
        // By key the place; a place is the key and a version, so that a row tells its key.
        var expected: [UInt32: UInt32] = [:]
        for step in 0..<6_000 {
            let key = UInt32.random(in: 0..<400, using: &random)
            // Rises, falls and rises again.
            let adds = Int.random(in: 0..<10, using: &random) < (step / 1_500 % 2 == 0 ? 7 : 2)
            if adds {
                let place = key * 16 + UInt32.random(in: 0..<16, using: &random)
                table.set(place, for: hash(key, spread: spread)) { $0 / 16 == key }
                expected[key] = place
            } else {
                table.remove(hash(key, spread: spread)) { $0 / 16 == key }
                expected[key] = nil
            }
            #expect(table.count == expected.count)
            let asked = UInt32.random(in: 0..<400, using: &random)
            let found = table.place(of: hash(asked, spread: spread)) { $0 / 16 == asked }
            #expect(found == expected[asked], "seed \(seed), step \(step), key \(asked)")
        }
        #expect(table.places.sorted() == expected.values.sorted())
    }

    @Test("Places up to the largest are told apart from empty slots")
    func extremes() {
        var table = PlaceTable()
        for place in [0, UInt32.max - 1] { table.set(place, for: 0) { $0 == place } }
        #expect(table.places.sorted() == [0, UInt32.max - 1])
        #expect(table.place(of: 0) { $0 == 0 } == 0)
        #expect(table.place(of: .max) { _ in true } == nil)
    }
}
