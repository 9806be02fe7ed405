import GatewayCore
import GatewayTesting
import NIOCore
import SemanticCache

/// Requests and answers with just what the cache looks at.
enum SampleRequests {
    static func request(
        entry: Int = 1, partition: UInt8 = 1, question: String? = "What is number 1?",
        cacheability: Cacheability = .semantic, body: String = "{}", noStore: Bool = false,
        lives: CacheLives? = nil, _ change: (inout CacheDirectives) -> Void = { _ in }
    ) throws -> AnalyzedRequest {
        let document = try JSONDocument(body)
        var directives = CacheDirectives()
        directives.skipsWrite = noStore
        change(&directives)
        return AnalyzedRequest(
            request: ChatRequest(
                document: document, model: "m", isStream: false, wantsStreamUsage: false,
                question: question.map { ChatRequest.Question(text: $0, element: document.root) }),
            cacheability: cacheability,
            place: CachePlace(partition: SampleEntries.partition(partition), entry: SampleEntries.id(entry)),
            directives: directives, lives: lives)
    }

    static func answer(
        json: String = #"{"id":"1"}"#, finish: [String?] = ["stop"], toolCalls: Bool = false, refusal: Bool = false,
        text: String? = "An answer."
    ) -> ChatAnswer {
        ChatAnswer(
            json: ByteBuffer(string: json), model: "m-1", usage: TokenUsage(promptTokens: 3, completionTokens: 4),
            finishReasons: finish, hasToolCalls: toolCalls, hasRefusal: refusal, text: text)
    }
}
