import Testing

@Suite("Each rule about documents can fail")
struct MarkdownRulesTests {
    private let rules = MarkdownRules(exists: { ["docs/a.md", "docs/b.md", "Sources/A.swift"].contains($0) }) {
        switch $0 {
        case "docs/b.md": "# B\n## When it fails, what then?\n"
        case "config/refrain.yaml": "cache:\n  ttl: 24h   # life\n"
        default: nil
        }
    }

    private func lines(_ text: String) -> [Int] {
        rules.findings(in: SourceFile(path: "docs/a.md", text: text)).map(\.line)
    }

    @Test("A document has exactly one title; a comment in a code block is none")
    func titles() {
        #expect(lines("no title") == [1])
        #expect(lines("# A\n# B") == [1])
        #expect(lines("# A\n```sh\n# a comment\n```\n## Part").isEmpty)
    }

    @Test("A link leads to a file and a heading that exist")
    func links() {
        #expect(lines("# A\n[c](c.md)\n[b](b.md#elsewhere)\n[own](#b)") == [2, 3, 4])
        #expect(lines("# A\n[b](b.md) [b](b.md#when-it-fails-what-then) [own](#a) [far](https://example.com)").isEmpty)
    }

    @Test("A configuration key in a text is there")
    func keys() {
        #expect(lines("# A\n`cache.life`\n`cache.mode: exact`") == [2, 3])
        #expect(lines("# A\n`cache.ttl` and `cache.ttl: 1h` and `other.life`").isEmpty)
    }

    @Test("A path in a text is there")
    func places() {
        #expect(lines("# A\n`Sources/B.swift`") == [2])
        #expect(lines("# A\n`Sources/A.swift` and Sources/B.swift").isEmpty)
    }
}
