import GatewayCore
import NIOCore
import Testing

@testable import RequestAnalysis

@Suite("What a body says of its session")
struct SessionSignTests {
    private func sign(_ body: String, by source: SessionSource = .prefix) throws -> String? {
        let analyzer = RequestAnalyzer(configuration: RequestAnalysisConfiguration())
        return analyzer.session(of: try analyzer.parse(ByteBuffer(string: body)), by: source)
    }

    private func conversation(system: String, first: String, more: String = "", tools: String = "") -> String {
        """
        {"model":"m","messages":[{"role":"system","content":"\(system)"},{"role":"user","content":"\(first)"}\(more)]
        \(tools)}
        """
    }

    private let long = String(repeating: "rules ", count: 200)

    @Test("The name of a prompt cache comes first, then the user's")
    func names() throws {
        #expect(try sign(Analysis.body(more: #","prompt_cache_key":"k","user":"u""#), by: .named) == "key:k")
        #expect(try sign(Analysis.body(more: #","user":"u","safety_identifier":"s""#), by: .named) == "user:u")
        #expect(try sign(Analysis.body(more: #","safety_identifier":"s""#), by: .named) == "user:s")
        #expect(try sign(Analysis.body(more: #","prompt_cache_key":"k""#), by: .off) == nil)
    }

    @Test("What is no name is passed over", arguments: [
        #""""#, "null", "7", "{}", "\"\(String(repeating: "k", count: 513))\"",
    ])
    func noNames(value: String) throws {
        #expect(try sign(Analysis.body(more: #","prompt_cache_key":\#(value)"#)) == nil)
    }

    @Test("Without a name the beginning tells, the same for every turn of a conversation")
    func turns() throws {
        let first = try #require(try sign(conversation(system: long, first: "hello")))
        #expect(first.hasPrefix("prefix:"))
        let more = #",{"role":"assistant","content":"hi"},{"role":"user","content":"and now?"}"#
        #expect(try sign(conversation(system: long, first: "hello", more: more)) == first)
        #expect(try sign(conversation(system: long, first: "hello"), by: .named) == nil)
    }

    @Test("Another first question, other rules, other tools: another session")
    func others() throws {
        let signs = try [
            conversation(system: long, first: "hello"), conversation(system: long, first: "hallo"),
            conversation(system: long + "!", first: "hello"),
            conversation(system: long, first: "hello", tools: #","tools":[{"type":"function"}]"#),
            // The border between the two is part of it.
            conversation(system: String(long.dropLast()), first: " hello"),
        ].map { try sign($0) }
        #expect(Set(signs.compactMap(\.self)).count == signs.count)
    }

    @Test("A beginning too short for a provider to keep tells nothing")
    func short() throws {
        // With the quotes of both contents 1,023 and 1,024 bytes.
        let rest = "hello".utf8.count + 4
        #expect(try sign(conversation(system: String(repeating: "a", count: 1_023 - rest), first: "hello")) == nil)
        #expect(try sign(conversation(system: String(repeating: "a", count: 1_024 - rest), first: "hello")) != nil)
    }

    @Test("Not more than the first 16 KB are looked at")
    func bound() throws {
        let large = String(repeating: "a", count: 16 * 1024)
        let one = try sign(conversation(system: large + "b", first: "x"))
        #expect(try sign(conversation(system: large + "c", first: "y")) == one)
    }

    @Test("Contents of parts count, and messages without content do not trap")
    func parts() throws {
        let body = """
            {"model":"m","messages":[{"role":"assistant"},{"role":"user","content":[{"type":"text","text":"\(long)"}]}]}
            """
        #expect(try sign(body) != nil)
    }
}
