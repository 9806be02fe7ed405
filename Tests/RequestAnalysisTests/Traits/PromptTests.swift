import GatewayCore
import Testing

@Suite("The last user message")
struct PromptTests {
    private func prompt(_ traits: RequestTraits) -> String { String(decoding: traits.prompt, as: UTF8.self) }

    @Test("Words stand in lower case with one space around each", arguments: [
        ("Hello,  World!", " hello world "), ("C++ & C#", " c++ c# "), ("a\nb\tc", " a b c "), ("", " "), ("Ü-x", " Ü x "),
        ("don't", " don t "),
    ])
    func words(text: String, expected: String) throws {
        #expect(prompt(try Traits.ofQuestion(text)) == expected)
    }

    @Test("It is the last one that counts, in all its parts")
    func last() throws {
        let traits = try Traits.ofMessages(
            #"{"role":"user","content":"first"},{"role":"assistant","content":"no"},"#
                + #"{"role":"user","content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]}"#)
        #expect(prompt(traits).split(separator: " ") == ["one", "two"])
        #expect(traits.signs.bytes == 6)
    }

    @Test("Of a long message the beginning and the end are kept, within the bound")
    func long() throws {
        let text = "begin " + String(repeating: "x ", count: 20_000) + "end"
        let traits = try Traits.ofQuestion(text)
        #expect(traits.prompt.count <= RequestTraits.promptLimit + 3)
        #expect(prompt(traits).hasPrefix(" begin "))
        #expect(prompt(traits).hasSuffix(" end "))
        #expect(traits.signs.bytes == text.utf8.count)
    }

    @Test("Signs are counted")
    func signs() throws {
        let traits = try Traits.ofQuestion(
            "Prove it step by step. You must use exactly 3 lemmas.\n- one\n- two\n1. three\nWhy? x + y = 12")
        #expect(traits.signs.depth == 2)
        #expect(traits.signs.constraints == 2)
        #expect(traits.signs.listItems == 3)
        #expect(traits.signs.numbers == 3)
        #expect(traits.signs.questionMarks == 1)
        #expect(traits.signs.mathSigns == 2)
        #expect(traits.signs.lines == 5)
        #expect(traits.signs.smallTalk == 0)
        #expect(try Traits.ofQuestion("hello, thanks").signs.smallTalk == 2)
    }

    @Test("A request without a user message has an empty one")
    func none() throws {
        let traits = try Traits.ofMessages(#"{"role":"system","content":"write code"}"#)
        #expect(traits.prompt.isEmpty)
        #expect(traits.signs == PromptSigns())
    }
}
