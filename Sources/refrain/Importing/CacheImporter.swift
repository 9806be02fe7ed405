import Embedding
import GatewayCore
import NIOCore
import RedisStores
import RequestAnalysis
import SemanticCache

/// Stores prepared answers under the keys that requests for them will have.
struct CacheImporter {
    let analyzer: RequestAnalyzer
    /// Nil: only equal questions will find the answers.
    let embedder: (any Embedder)?
    let store: any CacheStore
    let scope: CacheScope
    /// A request whose last user message stands for the question.
    let template: ChatRequest
    let timeToLive: Duration

    /// Stores the answer under the line's question and each of its variants.
    func store(_ line: FAQLine) async throws {
        let created = UnixTime.now()
        let answer = line.completion(model: template.model, created: created)
        for question in line.questions {
            let request = try request(asking: question)
            let analyzed = try analyzer.analyze(
                request, headers: CallerHeaders(), scope: scope, modelClass: template.model)
            let isSemantic = analyzed.cacheability == .semantic
            let entry = StoredEntry(
                id: analyzed.entry, partition: analyzed.partition, question: question, answer: answer,
                model: template.model, usage: TokenUsage(promptTokens: 0, completionTokens: 0), created: created,
                expires: created + timeToLive, vector: isSemantic ? try await vector(of: question) : nil)
            try await store.save(entry)
        }
    }

    private func vector(of question: String) async throws(EmbeddingError) -> EntryVector? {
        guard let embedder else { return nil }
        do throws(EmbeddingError) {
            return EntryVector(encoder: embedder.identity, embedding: try await embedder.embed(question))
        } catch {
            // Longer than the encoder reads: equal questions will still find the answer.
            if error.code == .textTooLong { return nil }
            throw error
        }
    }

    private func request(asking question: String) throws(GatewayError) -> ChatRequest {
        guard let element = template.question?.element else {
            throw GatewayError(.invalidRequest, "the template's last message must be a user's, in plain text")
        }
        var text = ByteBuffer()
        text.writeJSONString(question)
        var splice = JSONSplice(template.document)
        splice.replace(element, with: text)
        return try analyzer.parse(splice.apply())
    }
}
