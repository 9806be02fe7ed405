import Testing

/// Names that operators and clients meet stand in the documents.
@Suite("What is named is documented")
struct DocumentedNamesTests {
    private func text(_ path: String) throws -> String {
        try #require(try SourceTree.shared.get().files.first { $0.path == path }, "\(path)").text
    }

    private func shipped() throws -> [SourceFile] {
        try SourceTree.shared.get().files.filter { $0.isShipped && $0.isSwift }
    }

    /// Each name in front of code spans of a table's first cells, such as `rf:{p}:log`; `rf:a:<b>`, `:c:<d>` are two.
    private func keys(of table: String) -> Set<String> {
        Set(table.split(separator: "\n").filter { $0.contains("| `rf:") }.flatMap { row in
            let cell = row.split(separator: "|").first { $0.contains("`rf:") } ?? ""
            return Pattern("`([^`]+)`").matches(in: String(cell)).map { $0.groups[0] }
        })
    }

    @Test("Every x-refrain header of the code stands in docs/operations.md")
    func headers() throws {
        let pattern = Pattern(#""(x-refrain-[a-z0-9-]+)"#)
        let names = Set(try shipped().flatMap { pattern.matches(in: $0.text).map { $0.groups[0] } })
        #expect(names.count > 20)
        let document = try text("docs/operations.md")
        for name in names.sorted() { #expect(document.contains("`\(name)"), "\(name)") }
    }

    @Test("Every key in Redis stands in its table, and the architecture has the same table")
    func redisKeys() throws {
        let source = try text("Sources/RedisStores/Keyspace.swift")
        let (listed, told) = (keys(of: source), keys(of: try text("docs/architecture.md")))
        #expect(listed.count > 15)
        #expect(listed.subtracting(told) == [], "not in docs/architecture.md")
        #expect(told.subtracting(listed) == [], "not in Keyspace.swift")
        let code = source.split(separator: "\n").filter { !$0.contains("///") }.joined(separator: "\n")
        let literals = Pattern(#""(rf:[^"]*)""#).matches(in: code).map { $0.groups[0] }
        #expect(literals.count > 10)
        for literal in literals where !literal.contains("*") {
            let tagged = literal.replacing(#/\{\\\(tag.*\)\}/#, with: "{p}")
                .replacing("{t\\(key.shard)}", with: "{t<shard>}")
            // Up to what is filled in.
            let stem = tagged.split(separator: "\\").first.map(String.init) ?? ""
            #expect(listed.contains { $0.hasPrefix(stem) }, "\(literal)")
        }
    }

    @Test("The user of Redis in docs/operations.md may do all that is sent, also by scripts, and nothing else")
    func redisCommands() throws {
        let sending = [#"call\('([A-Z]+)'"#, #"RedisCommand\(\s*"([A-Z]+)""#, #"command\("([A-Z]+)""#]
        let patterns = sending.map { Pattern($0) }
        let senders = try shipped().filter { file in
            ["Sources/RedisStores/", "Sources/RedisClient/"].contains { file.path.hasPrefix($0) }
        }
        let sent = Set(senders.flatMap { file in patterns.flatMap { $0.matches(in: file.text) } }.map { $0.groups[0] })
        #expect(sent.count > 40)
        let user = try text("docs/operations.md").split(separator: "\n").first { $0.hasPrefix("user refrain ") }
        let allowed = Set(Pattern(#"\+([a-z]+)"#).matches(in: String(user ?? "")).map { $0.groups[0].uppercased() })
        // Everybody may say who he is.
        #expect(sent.subtracting(allowed) == ["AUTH"])
        #expect(allowed.subtracting(sent) == [])
    }

    @Test("No key in Redis is written anywhere but in Keyspace.swift, and for measurements")
    func oneKeyspace() throws {
        let pattern = Pattern(#""rf:[^"]*""#)
        for file in try shipped() where !file.path.hasSuffix("/Keyspace.swift") && !file.path.contains("/Bench/") {
            let found = pattern.matches(in: file.text).filter { match in
                !file.text.split(separator: "\n", omittingEmptySubsequences: false)[match.line - 1].contains("///")
            }
            #expect(found.isEmpty, "\(file.path):\(found.first?.line ?? 0)")
        }
    }
}
