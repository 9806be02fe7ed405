import Testing

@Suite("Each rule about constructs can fail")
struct ConstructRulesTests {
    /// The rule's name, what breaks it, and what looks alike and does not.
    static let cases: [(name: String, broken: String, kept: String)] = [
        ("Nothing is unwrapped by force", "let a = b!.c", "if !a, a != b { say(\"b!.c\") } // b!"),
        ("No error is forced away", "let a = try! b()", "let a = try? b() // try! nothing"),
        ("No cast is forced", "let a = b as! C", "let a = b as? C"),
        ("Nothing ends the process by fatalError", "fatalError(\"no\")", "precondition(true, \"fatalError(\")"),
        ("Libraries do not print", "print(1)", "log.print(1)\nfunc fingerprint() {}\nfingerprint()"),
        ("No Synchronization.Mutex", "let a = Mutex(0)", "let a = NIOLockedValueBox(0)"),
        ("Shipped code does without full Foundation", "import Foundation", "import FoundationEssentials"),
        ("Nothing is public", "public struct A {}", "package struct A { let open = false }"),
        ("No value is of type Any", "let a: [String: Any] = [:]", "let a: any B; let c: AnyD; func d(event: Any) {}"),
        ("No dispatch queues", "DispatchQueue.main.async {}", "let a = \"DispatchQueue\""),
    ]

    @Test("It fails on a snippet that breaks it, and on none that looks alike", arguments: cases.indices)
    func fails(_ index: Int) throws {
        let (name, broken, kept) = Self.cases[index]
        let rule = try #require(TidyRule.constructs.first { $0.name == name })
        let path = "Sources/Routing/A.swift"
        #expect(rule.findings(in: [SourceFile(path: path, text: "\n" + broken)]).map(\.line) == [2])
        #expect(rule.findings(in: [SourceFile(path: path, text: kept)]).isEmpty)
    }

    @Test("No rule about constructs is without its snippet")
    func complete() {
        #expect(Set(Self.cases.map(\.name)) == Set(TidyRule.constructs.map(\.name)))
    }
}
