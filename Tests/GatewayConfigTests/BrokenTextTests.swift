import Testing

@testable import GatewayConfig

@Suite struct BrokenTextTests {
    @Test("Broken YAML is reported with line and column")
    func brokenYAML() {
        let cases: [(yaml: String, line: Int, column: Int)] = [
            ("server:\n  port: 80\n bad: 1\n", 3, 2),
            ("server:\n\tport: 80\n", 2, 1),
            ("server: {port: 80\n", 2, 1),
            ("a: 'b\n", 2, 1),
            ("server: *nowhere\n", 1, 9),
            ("server:\n  host: a\u{1}b\n", 2, 10),
        ]
        for (yaml, line, column) in cases {
            let issues = Refusals.issues(of: yaml)
            #expect(issues.count == 1)
            #expect(issues.first.map { [$0.line, $0.column] } == [line, column], "\(yaml): \(issues)")
            #expect(issues.first?.path == "")
            #expect(issues.first?.message.hasPrefix("expected YAML") == true)
        }
    }

    @Test("A second document is refused where it begins")
    func twoDocuments() {
        #expect(Refusals.issues(of: "server:\n  port: 80\n---\nlog: {}\n").first?.line == 3)
    }

    @Test("A text without content is the defaults", arguments: ["", "\n", "# nothing\n", "---\n", "{}", "null", "~"])
    func nothing(yaml: String) {
        #expect(Refusals.of(yaml) == [])
    }

    @Test("What is no section is refused as a whole", arguments: [
        ("[1, 2]", "1:1: expected a section with keys, found a list"),
        ("port", "1:1: expected a section with keys, found a single value"),
        ("server: 80", "1:9: server: expected a section with keys, found a single value"),
        ("server:\n  - port: 80", "2:3: server: expected a section with keys, found a list"),
        ("server:\n  port: [80]", "2:9: server.port: expected an integer from 0 to 65535, found a list"),
        ("server:\n  port: {a: 1}", "2:9: server.port: expected an integer from 0 to 65535, found a section with keys"),
        ("providers: main", "1:12: providers: expected a list, found a single value"),
        ("providers: [main]", "1:13: providers[0]: expected a section with keys, found a single value"),
        ("server: {[a]: 1}", "1:10: server: expected a key, found a list"),
    ])
    func shapes(yaml: String, issue: String) {
        #expect(Refusals.of(yaml).first == issue)
    }

    @Test("A text over the limit is refused before it is read")
    func tooLong() {
        let issues = Refusals.of(String(repeating: "#", count: ConfigDocument.lengthLimit + 1))
        #expect(issues == ["expected at most 1048576 bytes, found 1048577"])
    }

    @Test("Deep nesting is refused, and a text just below that limit is read", arguments: ["[", "{a: ", "- ", "? "])
    func deepNesting(piece: String) {
        for depth in [900, 5_000, 200_000] {
            #expect(!Refusals.issues(of: "server: 1\nx:\n  " + String(repeating: piece, count: depth)).isEmpty)
        }
        let closed = "x: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
        #expect(Refusals.of(closed).count == 1)
    }

    @Test("References that would unfold to billions of values are read in no time")
    func manyReferences() {
        var yaml = "a0: &a0 [x, x]\n"
        for level in 1...60 { yaml += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        #expect(Refusals.of(yaml).count == 61)
    }
}
