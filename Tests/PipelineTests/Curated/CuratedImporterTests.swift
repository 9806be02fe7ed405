import GatewayCore
import RequestAnalysis
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Importing curated answers", .timeLimit(.minutes(1)))
struct CuratedImporterTests {
    private let store = CuratedMemory()

    private func importer() throws -> CuratedImporter {
        let analyzer = RequestAnalyzer(configuration: RequestAnalysisConfiguration())
        return try CuratedImporter(
            analyzer: analyzer, embedder: nil, store: store, configuration: CacheConfiguration(),
            scope: CacheScope(tenant: .open), template: CuratedImporter.template(model: "m", analyzer: analyzer),
            textsAtOnce: 4)
    }

    private func answer(_ id: String, _ questions: String..., until: String? = nil) throws -> CuratedAnswer {
        try CuratedAnswer(
            id: id, question: questions[0], variants: Array(questions.dropFirst()), answer: "Answer \(id).",
            validUntil: until)
    }

    private func lines(_ answers: [CuratedAnswer]) -> [CuratedReader.Line] {
        answers.enumerated().map { CuratedReader.Line(number: $0 + 1, content: .success($1)) }
    }

    /// - Returns: also why lines were refused, by their number.
    private func run(_ answers: [CuratedAnswer]) async throws -> (report: CuratedReport, refusals: [Int: String]) {
        var pieces = [lines(answers)]
        var refusals: [Int: String] = [:]
        let report = try await importer().run(
            { pieces.popLast() },
            tell: { line, outcome in
                if let refusal = outcome.refusal { refusals[line.number] = refusal }
            })
        return (report, refusals)
    }

    private func check(_ answers: [CuratedAnswer]) async throws -> [Int: String] {
        var pieces = [lines(answers)]
        var mistakes: [Int: String] = [:]
        let count = try await importer().check(
            { pieces.popLast() }, tell: { mistakes[$0.number] = $1.description })
        #expect(count == mistakes.count)
        return mistakes
    }

    /// Whose each question is.
    private var owners: [String: String] {
        Dictionary(store.all.map { ($0.question ?? "", $0.curation?.answer ?? "") }) { $1 }
    }

    @Test("A question moves from one answer to another, whichever of the two comes first in the file")
    func moved() async throws {
        #expect(try await run([answer("a", "One?", "Two?"), answer("b", "Three?")]).report.stored == 2)
        // Far apart, so that the first is stored before the last is looked at.
        let between = try (0..<500).map { try answer("f\($0)", "Filler \($0)?") }
        let file = try [answer("b", "Three?", "Two?")] + between + [answer("a", "One?")]
        #expect(try await check(file).isEmpty)
        let (report, refusals) = try await run(file)
        #expect(refusals.isEmpty)
        #expect(report.lines == 502 && report.stored == 502 && report.refused == 0)
        #expect(owners["One?"] == "a" && owners["Two?"] == "b" && owners["Three?"] == "b")
        #expect(try await run(file).report.unchanged == 502)
    }

    @Test("A question that is given up by an answer that waits for one itself, or whose date has passed, moves, too")
    func chain() async throws {
        #expect(try await run([answer("a", "One?", "Two?"), answer("b", "Three?", "Four?")]).report.stored == 2)
        let (report, refusals) = try await run([
            answer("c", "Four?"), answer("b", "Three?", "Two?"), answer("a", "One?", until: "2000-01-31"),
            answer("d", "One?"),
        ])
        #expect(refusals.isEmpty)
        #expect(report.stored == 3 && report.over == 1)
        #expect(owners == ["One?": "d", "Two?": "b", "Three?": "b", "Four?": "c"])
    }

    @Test("What no line gives up is refused, and so are two answers that want each other's question")
    func taken() async throws {
        #expect(try await run([answer("a", "One?"), answer("b", "Two?")]).report.stored == 2)
        let other = try await run([answer("c", "One?")])
        #expect(other.report.refused == 1)
        #expect(other.refusals == [1: "“One?” is already a question of 'a'"])
        let swapped = try await run([answer("a", "Two?"), answer("b", "One?")])
        #expect(swapped.report.refused == 2 && swapped.report.lines == 2)
        #expect(swapped.refusals[1] == "“Two?” is already a question of 'b'")
        #expect(owners == ["One?": "a", "Two?": "b"])
    }

    @Test("A check finds two lines with one question, unless the date of the first has passed")
    func doubled() async throws {
        let first = try answer("a", "One?")
        let mistakes = try await check([first, answer("b", "Two?", "One?"), answer("c", "Two?")])
        #expect(mistakes == [2: "“One?” on line 2 is already a question of line 1"])
        #expect(try await check([answer("a", "One?", until: "2000-01-31"), answer("b", "One?")]).isEmpty)
        #expect(store.all.isEmpty)
    }
}
