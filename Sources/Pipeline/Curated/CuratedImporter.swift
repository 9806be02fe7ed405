package import Embedding
package import GatewayCore
import NIOCore
import ProviderAPIs
package import RequestAnalysis
package import SemanticCache

/// Stores answers that operators wrote under the keys that requests for them will have, by the rules that hold for a
/// provider's.
///
/// An answer that stands already just so costs no vector and no write: so an import that was interrupted goes on where
/// it was when it is begun again.
package struct CuratedImporter: Sendable {
    let analyzer: RequestAnalyzer
    /// Nil: only equal questions will find the answers.
    let embedder: (any Embedder)?
    let store: any CacheStore & CuratedStore
    let configuration: CacheConfiguration
    let scope: CacheScope
    /// A request whose last user message stands for the question.
    let template: ChatRequest
    /// Where the answers stand.
    package let shelf: CuratedShelf
    /// How many texts wait for their vectors at once.
    let textsAtOnce: Int
    /// Hears of each entry that changed, those of a former version included.
    let onChanged: (@Sendable (EntryID, PartitionID) -> Void)?
    let now: @Sendable () -> UnixTime

    /// - Parameters:
    ///   - template: what requests for the answers are like but for the question.
    ///   - textsAtOnce: a bound for the encoder's queue, which requests may wait in, too.
    ///   - onChanged: hears of each entry that changed; nil where nobody holds any, which saves a read for each answer.
    /// - Throws: `invalidRequest` for a template that has no question, or whose answers are not cached.
    package init(
        analyzer: RequestAnalyzer, embedder: (any Embedder)?, store: any CacheStore & CuratedStore,
        configuration: CacheConfiguration, scope: CacheScope, template: ChatRequest, textsAtOnce: Int,
        onChanged: (@Sendable (EntryID, PartitionID) -> Void)? = nil,
        now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }
    ) throws(GatewayError) {
        self.analyzer = analyzer
        self.embedder = embedder
        self.store = store
        self.configuration = configuration
        self.scope = scope
        self.template = template
        self.textsAtOnce = textsAtOnce
        self.onChanged = onChanged
        self.now = now
        shelf = try Self.shelf(
            analyzer: analyzer, configuration: configuration, scope: scope, template: template)
    }

    /// Where answers to requests like a template stand.
    /// - Throws: `invalidRequest` for a template that has no question, or whose answers are not cached.
    package static func shelf(
        analyzer: RequestAnalyzer, configuration: CacheConfiguration, scope: CacheScope, template: ChatRequest
    ) throws(GatewayError) -> CuratedShelf {
        guard template.question != nil else {
            throw GatewayError(.invalidRequest, "the template's last message must be a user's, in plain text")
        }
        let analyzed = try analyzer.analyze(
            template, headers: CallerHeaders(), scope: scope, modelClass: template.model, policy: .prepared)
        guard configuration.mode != .off, let place = analyzed.place, analyzed.judgment.isKept else {
            throw GatewayError(.invalidRequest, "requests like these are not cached")
        }
        return CuratedShelf(
            partition: place.partition, tenant: scope.tenant, namespace: scope.namespace, model: template.model)
    }

    /// What requests for the answers are like when nothing else is said: one user message.
    package static func template(model: String, analyzer: RequestAnalyzer) throws(GatewayError) -> ChatRequest {
        let body = JSONWriter.object { json in
            json.member("model", model)
            json.array("messages") { json in
                json.object { json in
                    json.member("role", "user")
                    json.member("content", "?")
                }
            }
        }
        return try analyzer.parse(body)
    }

    /// Finds out where an answer would stand, and whether it may: reads and writes nothing.
    func plan(_ answer: CuratedAnswer) throws(CuratedMistake) -> CuratedPlan {
        var requests: [AnalyzedRequest] = []
        var headers = CallerHeaders()
        headers.tags = answer.labels
        let reply: ChatAnswer
        do {
            reply = try OpenAIChat.decode(completion(of: answer))
            for question in answer.questions {
                let analyzed = try analyzer.analyze(
                    try request(asking: question), headers: headers, scope: scope, modelClass: template.model,
                    policy: .prepared)
                if let refusal = AnswerAdmission.refusal(
                    of: reply, to: analyzed, bytesLimit: configuration.answerBytesLimit, rules: .prepared)
                {
                    throw Self.mistake(question, refusal)
                }
                if !requests.contains(where: { $0.place?.entry == analyzed.place?.entry }) { requests.append(analyzed) }
            }
        } catch let mistake as CuratedMistake {
            throw mistake
        } catch {
            throw CuratedMistake("\(error)")
        }
        // No line of JSON has a second one.
        let form = configuration.storesPrompts ? "" : "\nwithout questions"
        let digest = analyzer.curatedDigest(of: String(buffer: answer.json) + form, encoder: embedder?.identity)
        return CuratedPlan(answer: answer, reply: reply, digest: digest, requests: requests)
    }

    private static func mistake(_ question: String, _ outcome: WriteOutcome) -> CuratedMistake {
        let reason =
            switch outcome {
            case .notCacheable: "requests like these are not cached"
            case .tooLarge: "the answer is larger than cache.answer_limit"
            case .invalidFormat: "the request asks for JSON, which the answer is not"
            default: outcome.rawValue
            }
        return CuratedMistake("“\(question)” was not stored: \(reason)")
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

    /// The answer as a provider would have given it.
    private func completion(of answer: CuratedAnswer) -> ByteBuffer {
        JSONWriter.object(capacity: 512 + answer.answer.utf8.count) { json in
            json.member("id", "faq-\(answer.id)")
            json.member("object", "chat.completion")
            json.member("created", Int(now().milliseconds / 1000))
            json.member("model", template.model)
            json.array("choices") { json in
                json.object { json in
                    json.member("index", 0)
                    json.object("message") { json in
                        json.member("role", "assistant")
                        json.member("content", answer.answer)
                        json.null("refusal")
                    }
                    json.null("logprobs")
                    json.member("finish_reason", "stop")
                }
            }
            json.object("usage") { json in
                for name in ["prompt_tokens", "completion_tokens", "total_tokens"] { json.member(name, 0) }
            }
        }
    }
}
