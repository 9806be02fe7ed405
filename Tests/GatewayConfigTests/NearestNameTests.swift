import GatewayTesting
import Testing

@testable import GatewayConfig

@Suite struct NearestNameTests {
    @Test("The name with the fewest typing errors is found, if they are few for its length")
    func nearest() {
        let names = ["host", "port", "body_limit", "idle_timeout", "drain"]
        #expect(NearestName.nearest(to: "prot", among: names) == "port")
        #expect(NearestName.nearest(to: "bodylimit", among: names) == "body_limit")
        #expect(NearestName.nearest(to: "body-limit", among: names) == "body_limit")
        #expect(NearestName.nearest(to: "idle_timeot", among: names) == "idle_timeout")
        #expect(NearestName.nearest(to: "body", among: names) == "body_limit")
        #expect(NearestName.nearest(to: "hosting_name", among: names) == "host")
        #expect(NearestName.nearest(to: "timeout", among: names) == nil)
        #expect(NearestName.nearest(to: "bo", among: names) == nil)
        #expect(NearestName.nearest(to: "", among: names) == nil)
        #expect(NearestName.nearest(to: "x", among: []) == nil)
        #expect(NearestName.nearest(to: String(repeating: "port", count: 100_000), among: names) == nil)
    }

    @Test("The distance counts insertions, deletions, replacements and swaps", arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("ab", "ba", 1),
        ("ca", "abc", 3), ("flaw", "lawn", 2),
    ])
    func distance(one: String, other: String, expected: Int) {
        #expect(NearestName.distance(Array(one.unicodeScalars), Array(other.unicodeScalars)) == expected)
    }

    @Test("The distance is the same both ways, and nothing lies between")
    func symmetry() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let words = (0..<2).map { _ in
                (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                    ["a", "b", "c"].randomElement(using: &generator) ?? "a" as Unicode.Scalar
                }
            }
            let distance = NearestName.distance(words[0], words[1])
            #expect(distance == NearestName.distance(words[1], words[0]))
            #expect((distance == 0) == (words[0] == words[1]))
            #expect(distance <= max(words[0].count, words[1].count))
            #expect(distance >= abs(words[0].count - words[1].count))
        }
    }
}
