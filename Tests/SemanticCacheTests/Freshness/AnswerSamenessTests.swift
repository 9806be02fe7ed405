import GatewayCore
import Testing

@testable import SemanticCache

@Suite("Whether two answers say the same")
struct AnswerSamenessTests {
    private func vector(_ x: Float, _ y: Float) -> EmbeddingVector {
        let norm = (x * x + y * y).squareRoot()
        return EmbeddingVector(unit: [x / norm, y / norm])
    }

    @Test("The same words are the same, however they are set; nothing is embedded for that")
    func words() async {
        let found = await AnswerSameness("Within 14 days.\n", " Within  14\tdays. ") { _ in
            Issue.record("nothing needs a vector here")
            return nil
        }
        #expect(found == .same)
    }

    @Test("Other words are compared by meaning, unless a number, a negation or a name tells", arguments: [
        ("You may send it back within two weeks.", "It can be sent back within two weeks.", 0.1, AnswerSameness.same),
        ("You may send it back within two weeks.", "It can be sent back within two weeks.", 0.5, .different),
        ("Within 14 days.", "Within 30 days.", 0, .different),
        ("Dogs are allowed in the house.", "Dogs are not allowed in the house.", 0, .different),
    ] as [(String, String, Float, AnswerSameness)])
    func meaning(old: String, new: String, apart: Float, sameness: AnswerSameness) async {
        let (before, after) = (vector(1, 0), vector(1, apart))
        #expect(await AnswerSameness(old, new) { $0 == old ? before : after } == sameness)
    }

    @Test("Without vectors nobody can tell")
    func unknown() async {
        #expect(await AnswerSameness("Send it back soon.", "Return it soon.") { _ in nil } == .unknown)
    }

    @Test("Each time unchanged doubles up to a limit; a change ends that at once, and halves")
    func steps() {
        #expect([-3, -1, 0, 2, 3].map(AnswerSameness.same.step) == [-2, 0, 1, 3, 3])
        #expect([-3, -1, 0, 2, 3].map(AnswerSameness.different.step) == [-3, -2, -1, -1, -1])
        #expect([-3, 0, 3].map(AnswerSameness.unknown.step) == [-3, 0, 3])
    }

    @Test("The text of a stored answer is that of its first choice", arguments: [
        (#"{"choices":[{"message":{"content":"hi"}},{"message":{"content":"no"}}]}"#, "hi"),
        (#"{"choices":[{"message":{"content":null}}]}"#, nil), (#"{"choices":[]}"#, nil), ("{}", nil), ("7", nil),
    ] as [(String, String?)])
    func text(json: String, text: String?) throws {
        #expect(AnswerSameness.text(of: try JSONDocument(json)) == text)
    }
}
