import GatewayCore
import Testing

@Suite("Tags of answers")
struct CacheTagsTests {
    @Test("The route's come first; blanks, empty parts and doubles are left out", arguments: [
        ([], ["r"]), ([""], ["r"]), (["a"], ["r", "a"]), (["a, b ,\ta"], ["r", "a", "b"]), ([" r", ",,b,"], ["r", "b"]),
    ] as [([String], [String])])
    func read(values: [String], expected: [String]) throws {
        #expect(try CacheTags.read(values, behind: ["r"]) == expected)
    }

    @Test("What is no tag, or too many, is the caller's mistake", arguments: [
        ["a b"], ["ä"], [String(repeating: "x", count: 65)], (0..<17).map { "t\($0)" }, ["a\u{7F}"],
    ])
    func refused(values: [String]) {
        let error = #expect(throws: GatewayError.self) { try CacheTags.read(values, behind: []) }
        #expect(error?.parameter == "x-refrain-cache-tags")
    }

    @Test("Sixteen of sixty-four bytes are not too many")
    func limits() throws {
        let tags = (0..<16).map { String(repeating: "x", count: 62) + String($0 + 10) }
        #expect(try CacheTags.read([tags.joined(separator: ",")], behind: []) == tags)
    }
}
