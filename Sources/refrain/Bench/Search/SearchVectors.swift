import Embedding
import FoundationEssentials
import GatewayCore
import VectorMath

/// Vectors of texts, made once by the local encoder and kept in a file: little-endian floats, row after row, without
/// a header, which numpy reads as it is.
enum SearchVectors {
    static let dimension = 384

    /// Reads `cache`, or embeds the texts of `folder` and writes it. Minutes the first time.
    static func load(cache: String, folder: String?, modelDirectory: String) async throws -> ConstantMatrix {
        if !FileManager.default.fileExists(atPath: cache) {
            guard let folder else {
                throw BenchError("\(cache) does not exist; --texts names a folder of texts to make it from")
            }
            try await make(cache: cache, texts: SearchTexts.read(folder: folder), modelDirectory: modelDirectory)
        }
        let file = try MappedFile(path: cache)
        let rows = file.count / (dimension * MemoryLayout<Float>.stride)
        guard rows > 0, let matrix = file.floats(at: 0, rows: rows, columns: dimension) else {
            throw BenchError("\(cache) holds no vector of \(dimension) floats")
        }
        return matrix
    }

    private static func make(cache: String, texts: [String], modelDirectory: String) async throws {
        var configuration = EmbeddingConfiguration()
        configuration.modelDirectory = modelDirectory
        configuration.longText = .truncate
        let embedder = try LocalEmbedder(configuration: configuration)
        let folder = cache.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        if !folder.isEmpty {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        // Under its name only when it is whole.
        let file = try FloatFile(path: cache + ".part")
        for start in stride(from: 0, to: texts.count, by: 256) {
            BenchProgress.show("embedding text \(start) of \(texts.count)")
            let batch = texts[start..<min(start + 256, texts.count)]
            let vectors = try await withThrowingTaskGroup(of: (Int, EmbeddingVector).self) { group in
                for (index, text) in zip(batch.indices, batch) {
                    group.addTask { (index, try await embedder.embed(text)) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            try file.append(batch.indices.flatMap { vectors[$0]?.components ?? [] })
        }
        await embedder.close()
        try FileManager.default.moveItem(atPath: cache + ".part", toPath: cache)
    }
}
