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
    ) async throws -> [(first: Int, second: Int)] {
        var lint = CuratedLint(dimension: 16)
        defer { lint.shutdown() }
        var found: [(Int, Int)] = []
        for (place, answer) in answers.enumerated() {
            let vectors = answer.questions.indices.map { _ -> EmbeddingVector? in
                samples.vector(0).mixed(with: samples.vector(1), share: share * Float(place))
            }
            for collision in try await lint.add(answer, line: place + 1, vectors: vectors) {
                found.append((collision.first.line, collision.second.line))
            }
        }
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
        let found = try await collisions([one, other])
        #expect(found.map(\.first) == [1] && found.map(\.second) == [2])
        #expect(try await collisions([one, try answer("b", "How may I pay?", "Answer a.")]).isEmpty)
        #expect(try await collisions([one, other], share: 1).isEmpty)
        let variants = try CuratedAnswer(
            id: "a", question: "How do I pay?", variants: ["How may I pay?"], answer: "So.")
        #expect(try await collisions([variants]).isEmpty)
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
        for pair in pairs { #expect(try await collisions(pair).isEmpty) }
    }

    @Test("A question without a vector is compared with nothing")
    func noVector() async throws {
        var lint = CuratedLint(dimension: 16)
        #expect(try await lint.add(try answer("a", "How do I pay?"), line: 1, vectors: [nil]).isEmpty)
        #expect(try await lint.add(try answer("b", "How may I pay?"), line: 2, vectors: [samples.vector(0)]).isEmpty)
        lint.shutdown()
    }

    @Test("A question is compared with other answers however many wordings of its own are nearer")
    func crowded() async throws {
        var lint = CuratedLint(dimension: 16)
        defer { lint.shutdown() }
        func axis(_ cosine: Float) -> EmbeddingVector {
            EmbeddingVector(
                unit: [cosine, (1 - cosine * cosine).squareRoot()] + [Float](repeating: 0, count: 14))
        }
        let other = try answer("a", "How do I pay?")
        #expect(try await lint.add(other, line: 1, vectors: [axis(1)]).isEmpty)
        // These are out of the other's reach; what comes last lies between them, and nearer to these.
        let wordings = (0..<50).map { "Wording \($0)" }
        let crowd = try CuratedAnswer(id: "b", question: "Wording", variants: wordings, answer: "Otherwise.")
        let vectors: [EmbeddingVector?] = crowd.questions.map { _ in axis(0.6) }
        #expect(try await lint.add(crowd, line: 2, vectors: vectors).isEmpty)
        let last = try CuratedAnswer(id: "c", question: "How may I pay?", answer: "Otherwise.")
        let found = try await lint.add(last, line: 3, vectors: [axis(0.87)])
        #expect(found.map(\.first.line) == [1])
    }

    @Test("A vector that cannot be compared is no pass")
    func otherLength() async throws {
        var lint = CuratedLint(dimension: 16)
        defer { lint.shutdown() }
        let answer = try answer("a", "How do I pay?")
        var isRefused = false
        do {
            _ = try await lint.add(answer, line: 1, vectors: [EmbeddingVector(unit: [1, 0, 0, 0])])
        } catch {
            isRefused = true
        }
        #expect(isRefused)
    }
}
