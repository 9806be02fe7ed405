import Testing

/// What `docs/traps.md` says of tests.
@Suite("Traps have their tests")
struct TrapTests {
    private static let fixtures = "Tests/ProviderAPIsTests/Fixtures/"
    private static let dialects = ["anthropic", "bedrock", "compatible", "gemini", "openai", "responses"]

    private let tree: SourceTree

    init() throws { tree = try SourceTree.shared.get() }

    private func text(_ path: String) throws -> String {
        try #require(tree.files.first { $0.path == path }, "\(path)").text
    }

    @Test("Every file, fixture, fault and function that the document names is there")
    func named() throws {
        let rows = try text("docs/traps.md").split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
        #expect(rows.count > 30)
        let faults = try text("docs/fault-matrix.md")
        for row in rows {
            let proof = row.split(separator: "|").last { !$0.allSatisfy(\.isWhitespace) } ?? ""
            let names = Pattern("`([^`]+)`").matches(in: String(proof)).map { $0.groups[0] }
            #expect(!names.isEmpty, "\(row)")
            for name in names { #expect(isThere(name, faults: faults), "\(name)") }
        }
    }

    private func isThere(_ name: String, faults: String) -> Bool {
        if name.hasPrefix("Tests/") { return tree.exists(name) }
        if name.contains("/") { return isFixture(name) }
        if name.hasPrefix("make ") || name == "TCP_NODELAY" || faults.contains("| `\(name)` |") { return true }
        return tree.files.contains { file in
            file.isTest && ["def", "func"].contains { file.text.contains("\($0) \(name)(") }
        }
    }

    /// A star stands for some dialect.
    private func isFixture(_ name: String) -> Bool {
        let names = name.hasPrefix("*") ? Self.dialects.map { $0 + name.dropFirst() } : [name]
        return names.contains { tree.exists(Self.fixtures + $0 + ".txt") }
    }
}
