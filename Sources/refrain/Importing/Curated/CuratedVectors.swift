import Embedding
import GatewayCore

/// The vectors of a few texts that are asked for at once.
enum CuratedVectors {
    /// In the order of the texts; nil for those that have none.
    static func of(_ texts: [String], by embedder: any Embedder) async -> [EmbeddingVector?] {
        await withTaskGroup(of: (Int, EmbeddingVector?).self) { group in
            for (place, text) in texts.enumerated() {
                group.addTask { (place, try? await embedder.embed(text)) }
            }
            var vectors = [EmbeddingVector?](repeating: nil, count: texts.count)
            for await (place, vector) in group { vectors[place] = vector }
            return vectors
        }
    }
}
