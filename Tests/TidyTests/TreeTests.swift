import Testing

@Suite("The tree keeps the house rules")
struct TreeTests {
    static let rules =
        TidyRule.shape + TidyRule.constructs + TidyRule.declarations + TidyRule.arrows + TidyRule.prose
        + [TidyRule.sleeps]

    @Test("The whole tree is read")
    func reads() throws {
        let tree = try SourceTree.shared.get()
        #expect(tree.files.count { $0.isShipped && $0.isSwift } > 200)
        #expect(tree.files.contains { $0.path == "Package.swift" })
        #expect(tree.files.contains { $0.isMarkdown })
    }

    @Test("Each rule holds", arguments: rules)
    func holds(_ rule: TidyRule) throws {
        let findings = rule.findings(in: try SourceTree.shared.get().files)
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test("Documents have one title, and their links, paths and configuration keys lead somewhere")
    func documents() throws {
        let tree = try SourceTree.shared.get()
        let texts = Dictionary(tree.files.map { ($0.path, $0.text) }) { first, _ in first }
        let rules = MarkdownRules(exists: tree.exists) { texts[$0] }
        let findings = tree.files.filter(\.isMarkdown).flatMap(rules.findings)
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }
}
