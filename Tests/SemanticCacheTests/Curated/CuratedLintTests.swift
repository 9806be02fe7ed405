import GatewayCore
import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("Answers that would be served in each other's place", .timeLimit(.minutes(1)))
struct CuratedLintTests {
    private let samples = SampleEntries()

    /// Takes in answers with one question each, all of them alike to the encoder, and gives who collides.
    private func collisions(
        _ answers: [CuratedAnswer], share: Float = 0.05
    ) async -> [(first: Int, second: Int)] {
        var lint = CuratedLint(dimension: 16)
        var found: [(Int, Int)] = []
        for (place, answer) in answers.enumerated() {
            let vectors = answer.questions.indices.map { _ -> EmbeddingVector? in
                samples.vector(0).mixed(with: samples.vector(1), share: share * Float(place))
            }
            for collision in await lint.add(answer, line: place + 1, vectors: vectors) {
                found.append((collision.first.line, collision.second.line))
            }
        }
        lint.shutdown()
        return found
    }

    private func answer(
        _ id: String, _ question: String, _ text: String? = nil, distractors: [String] = []
    ) throws -> CuratedAnswer {
        try CuratedAnswer(id: id, question: question, answer: text ?? "Answer \(id).", distractors: distractors)
    }

    @Test("Two like questions of different answers collide; of one answer, or far apart, they do not")
    func alike() async throws {
        let (one, other) = (try answer("a", "How do I pay?"), try answer("b", "How may I pay?"))
        let found = await collisions([one, other])
        #expect(found.map(\.first) == [1] && found.map(\.second) == [2])
        #expect(await collisions([one, try answer("b", "How may I pay?", "Answer a.")]).isEmpty)
        #expect(await collisions([one, other], share: 1).isEmpty)
        let variants = try CuratedAnswer(
            id: "a", question: "How do I pay?", variants: ["How may I pay?"], answer: "So.")
        #expect(await collisions([variants]).isEmpty)
    }

    @Test("What the guard tells apart, and what is a distractor of either, does not collide")
    func apart() async throws {
        let pairs = [
            [try answer("a", "What costs plan 1?"), try answer("b", "What costs plan 2?")],
            [
                try answer("a", "How do I pay?", distractors: ["How may I pay?"]),
                try answer("b", "How may I pay?"),
            ],
            [
                try answer("a", "How do I pay?"),
                try answer("b", "How may I pay?", distractors: ["How do I pay?"]),
            ],
        ]
        for pair in pairs { #expect(await collisions(pair).isEmpty) }
    }

    @Test("A question without a vector is compared with nothing")
    func noVector() async throws {
        var lint = CuratedLint(dimension: 16)
        #expect(await lint.add(try answer("a", "How do I pay?"), line: 1, vectors: [nil]).isEmpty)
        #expect(await lint.add(try answer("b", "How may I pay?"), line: 2, vectors: [samples.vector(0)]).isEmpty)
        lint.shutdown()
    }
}
