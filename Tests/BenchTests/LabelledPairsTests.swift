import Foundation
import SemanticCache
import Testing

@testable import refrain

@Suite("Labelled pairs of questions")
struct LabelledPairsTests {
    private static func read(_ text: String, as ending: String) throws -> LabelledPairs {
        let path = NSTemporaryDirectory() + "pairs-\(UUID().uuidString).\(ending)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try LabelledPairs(path: path)
    }

    @Test("A table in any order of columns, with quotes, commas and line ends in fields")
    func table() throws {
        let pairs = try Self.read("same,b,A\r\n1,\"one, \"\"two\"\"\",x\r\n\r\n0,\"two\nlines\",x\r\nTrue,x,y\r\n", as: "csv")
        #expect(pairs.texts == ["x", "one, \"two\"", "two\nlines", "y"])
        #expect(
            pairs.pairs == [
                .init(question: 0, candidate: 1, isSame: true), .init(question: 0, candidate: 2, isSame: false),
                .init(question: 3, candidate: 0, isSame: true),
            ])
    }

    @Test("Lines of JSON, with numbers or truth values")
    func lines() throws {
        let pairs = try Self.read(
            #"{"a":"x","b":"y","same":1}"# + "\n" + #"{"b":"z","a":"x","same":false,"kind":"k"}"# + "\n", as: "jsonl")
        #expect(pairs.texts == ["x", "y", "z"])
        #expect(pairs.pairs.map(\.isSame) == [true, false])
    }

    @Test(
        "What cannot be read is refused with its line",
        arguments: [
            ("{\"a\":\"x\",\"b\":\"y\",\"same\":1}\n{\"a\":\"x\"}", "jsonl", "line 2"),
            ("{\"a\":\"x\",\"b\":\"y\",\"same\":2}", "jsonl", "line 1"), ("a,b\nx,y", "csv", "line 1"),
            ("a,b,same\n\nx,y,maybe", "csv", "line 3"), ("a,b,same\nx,\"y", "csv", "line 2"), ("", "jsonl", "no pairs"),
        ])
    func refusals(text: String, ending: String, part: String) {
        do {
            _ = try Self.read(text, as: ending)
            Issue.record("expected an error")
        } catch {
            #expect("\(error)".contains(part))
        }
    }

    @Test("Neighbours with the pair's answer speak for it, those with another one against")
    func neighbourhood() throws {
        // x and y lie close to one another; z, which pairs with y, as well; w lies across.
        let pairs = LabelledPairs([("x", "y", true), ("y", "z", true), ("x", "w", false)])
        let vectors: [[Float]] = [[1, 0], [0.9, 0.436], [0.8, 0.6], [0, 1]]
        let sample = PairNeighbourhood(pairs, vectors: vectors).sample
        #expect(sample.labels == [true, true, false])
        let alone = try #require(MatchFeatures([MatchCandidate(similarity: 0.9, group: 1)]))
        #expect(abs(sample.rows[0][1] - alone.closeness) < 1e-6)
        // With an answer of its own z speaks against y.
        let parted = LabelledPairs([("x", "y", true), ("y", "z", false), ("x", "w", false)])
        #expect(sample.rows[0][2] > PairNeighbourhood(parted, vectors: vectors).sample.rows[0][2])
    }
}
