import FoundationEssentials
import SemanticCache
import VectorMath

/// The sets of a folder, with vectors of the real encoder that are made once and kept.
struct EvaluationSets {
    let streams: [EvaluationStream]
    let pairs: [EvaluationPairs]

    /// - Parameters:
    ///   - folder: with files named `*.stream.jsonl`, `*.pairs.jsonl` and `*.hard.jsonl`.
    ///   - cache: the file of vectors, made when it is missing or of other texts.
    init(folder: String, cache: String, modelDirectory: String) async throws {
        let texts = try SearchTexts.read(folder: folder)
        var vectors = FileManager.default.fileExists(atPath: cache)
            ? try await SearchVectors.load(cache: cache, folder: nil, modelDirectory: modelDirectory) : nil
        if vectors?.rows != texts.count {
            try? FileManager.default.removeItem(atPath: cache)
            vectors = nil
        }
        let matrix: ConstantVectors
        if let vectors {
            matrix = ConstantVectors(vectors, texts: texts)
        } else {
            matrix = ConstantVectors(
                try await SearchVectors.load(cache: cache, folder: folder, modelDirectory: modelDirectory),
                texts: texts)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        streams = try names.filter { $0.hasSuffix(".stream.jsonl") }.map { name in
            try EvaluationStream(
                name: String(name.dropLast(".stream.jsonl".count)), lines: TextFile.lines(of: folder + "/" + name),
                vector: matrix.vector)
        }
        pairs = try names.filter { $0.hasSuffix(".hard.jsonl") || $0.hasSuffix(".pairs.jsonl") }.map { name in
            try EvaluationPairs(
                name: String(name.dropLast(".jsonl".count)), lines: TextFile.lines(of: folder + "/" + name),
                vector: matrix.vector)
        }
        guard !streams.isEmpty else { throw EvaluationError("\(folder) holds no *.stream.jsonl") }
    }
}
