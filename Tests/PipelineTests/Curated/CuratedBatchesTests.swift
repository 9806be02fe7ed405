import SemanticCache
import Testing

@testable import Pipeline

@Suite("Batches of an import")
struct CuratedBatchesTests {
    private func line(
        _ number: Int, variants: Int = 0, distractors: Int = 0, answer: Int = 10
    ) throws -> CuratedReader.Line {
        let line = try CuratedAnswer(
            id: "\(number)", question: "Question \(number)?", variants: (0..<variants).map { "Variant \($0)?" },
            answer: String(repeating: "a", count: answer), distractors: (0..<distractors).map { "Distractor \($0)?" })
        return CuratedReader.Line(number: number, content: .success(line))
    }

    private func batches(_ lines: [CuratedReader.Line]) -> [[Int]] {
        var batches = CuratedBatches()
        var cut: [[Int]] = []
        for line in lines {
            batches.add(line)
            while let batch = batches.next(isOver: false) { cut.append(batch.map(\.number)) }
        }
        while let batch = batches.next(isOver: true) { cut.append(batch.map(\.number)) }
        return cut
    }

    @Test("Small lines stand 64 together, and the last ones when no more come")
    func small() throws {
        let cut = batches(try (0..<150).map { try line($0) })
        #expect(cut.map(\.count) == [64, 64, 22])
        #expect(cut.joined().elementsEqual(0..<150))
        #expect(batches([]).isEmpty)
    }

    @Test("Lines with many questions and distractors, or long answers, stand together as far as their memory goes")
    func large() throws {
        let lines = try (0..<40).map { number in
            try number % 2 == 0
                ? line(number, variants: 64, distractors: 32) : line(number, answer: 1_000_000)
        }
        let cut = batches(lines)
        #expect(cut.joined().elementsEqual(0..<40))
        for batch in cut {
            let bytes = batch.reduce(0) { $0 + lines[$1].weight }
            #expect(batch.count == 1 || bytes <= CuratedBatches.bytesLimit)
        }
        // A line of this kind makes 65 entries with 33 vectors each.
        #expect(lines[0].weight > 65 * 33 * 1536 && lines[1].weight > 1_000_000)
    }

    @Test("A line that could not be read takes nothing, and one that takes more than a batch may stands alone")
    func extremes() throws {
        let broken = CuratedReader.Line(number: 1, content: .failure(CuratedMistake("broken")))
        #expect(broken.weight == 0)
        let huge = try line(2, answer: CuratedBatches.bytesLimit)
        #expect(batches([broken, huge, try line(3)]) == [[1], [2], [3]])
    }
}
