import Embedding
import GatewayCore
import NIOCore
import ProviderAPIs
import RequestAnalysis
import SemanticCache

/// Stores prepared answers under the keys that requests for them will have, by the rules that hold for a provider's.
struct CacheImporter {
    let analyzer: RequestAnalyzer
    /// Nil: only equal questions will find the answers.
    let embedder: (any Embedder)?
    let writer: CacheWriter
    let scope: CacheScope
    /// A request whose last user message stands for the question.
    let template: ChatRequest

    /// An answer that was not stored, for the one who wrote it.
    struct Refusal: Error, CustomStringConvertible {
        let question: String
        let outcome: WriteOutcome

        var description: String {
            let reason =
                switch outcome {
                case .storeDown: "Redis did not take it"
                case .notCacheable: "requests like these are not cached"
                case .tooLarge: "the answer is larger than cache.answer_limit"
                case .invalidFormat: "the request asks for JSON, which the answer is not"
                default: outcome.rawValue
                }
            return "“\(question)” was not stored: \(reason)"
        }
    }

    /// Stores the answer under the line's question and each of its variants.
    func store(_ line: FAQLine) async throws {
        let answer = try OpenAIChat.decode(line.completion(model: template.model, created: .now()))
        for question in line.questions {
            let request = try request(asking: question)
            let analyzed = try analyzer.analyze(
                request, headers: CallerHeaders(), scope: scope, modelClass: template.model)
            let vector = analyzed.cacheability == .semantic ? try await vector(of: question) : nil
            let outcome = await writer.write(answer, to: analyzed, vector: vector)
            guard outcome == .stored else { throw Refusal(question: question, outcome: outcome) }
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
