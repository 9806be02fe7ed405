package import Embedding
package import GatewayCore

/// Asks the encoder for the vectors of many texts, so that no more of them wait there than should.
package struct CuratedVectors: Sendable {
    private let embedder: any Embedder
    /// How many texts wait for their vectors at once.
    private let textsAtOnce: Int

    private static let attempts = 50
    private static let pause: Duration = .milliseconds(100)

    package init(_ embedder: any Embedder, textsAtOnce: Int) {
        self.embedder = embedder
        self.textsAtOnce = max(textsAtOnce, 1)
    }

    /// The vectors of texts; those that are longer than the encoder reads have none.
    /// - Throws: `overloaded` when the encoder fails, or takes no more for five seconds.
    package func of(_ texts: [String]) async throws(GatewayError) -> [String: EmbeddingVector] {
        var vectors: [String: EmbeddingVector] = [:]
        vectors.reserveCapacity(texts.count)
        let texts = Array(Set(texts))
        for start in stride(from: 0, to: texts.count, by: textsAtOnce) {
            let step = texts[start..<min(start + textsAtOnce, texts.count)]
            let results = await withTaskGroup(of: (String, Result<EmbeddingVector, EmbeddingError>).self) { group in
                for text in step { group.addTask { (text, await vector(of: text)) } }
                var results: [(String, Result<EmbeddingVector, EmbeddingError>)] = []
                for await result in group { results.append(result) }
                return results
            }
            for (text, result) in results {
                switch result {
                case .success(let vector): vectors[text] = vector
                case .failure(let error) where error.code == .textTooLong: continue
                case .failure(let error):
                    throw GatewayError(.overloaded, "the encoder fails: \(error)", retryAfter: .seconds(1))
                }
            }
        }
        return vectors
    }

    private func vector(of text: String) async -> Result<EmbeddingVector, EmbeddingError> {
        var attempt = 1
        while true {
            do throws(EmbeddingError) {
                return .success(try await embedder.embed(text))
            } catch {
                // A full queue empties; what else fails would fail again.
                guard error.code == .overloaded, attempt < Self.attempts else { return .failure(error) }
            }
            attempt += 1
            try? await Task.sleep(for: Self.pause)
        }
    }
}
