/// What the mock serves, as its counters are split. A star stands for the name of a model.
package enum MockRoute: String, CaseIterable, Sendable {
    case chatCompletions = "/v1/chat/completions"
    case embeddings = "/v1/embeddings"
    /// The list of OpenAI; of Anthropic for who sends `anthropic-version`, of Google for `x-goog-api-key`.
    case models = "/v1/models"
    case model = "/v1/models/*"
    case responses = "/v1/responses"
    case countResponseTokens = "/v1/responses/input_tokens"
    case messages = "/v1/messages"
    case countMessageTokens = "/v1/messages/count_tokens"
    case generateContent = "/models/*:generateContent"
    case streamGenerateContent = "/models/*:streamGenerateContent"
    case countTokens = "/models/*:countTokens"
    case embedContent = "/models/*:embedContent"
    case batchEmbedContents = "/models/*:batchEmbedContents"
    case predict = "/models/*:predict"
    case geminiModels = "/v1beta/models"
    case geminiModel = "/v1beta/models/*"
    case converse = "/model/*/converse"
    case converseStream = "/model/*/converse-stream"
    /// Every other path: answered by 404.
    case other

    /// The route of a request target; its query does not count.
    init(target: String) {
        let path = target.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(target[..<$0]) } ?? target
        self = MockRoute(rawValue: path) ?? MockTarget(path: path).route
    }

    /// Whether it is read by GET; all others take POST.
    var isRead: Bool {
        switch self {
        case .models, .model, .geminiModels, .geminiModel: true
        default: false
        }
    }

    /// Which interface the path belongs to.
    var dialect: MockDialect {
        switch self {
        case .chatCompletions, .embeddings, .models, .model, .responses, .countResponseTokens, .other: .openAI
        case .messages, .countMessageTokens: .anthropic
        case .generateContent, .streamGenerateContent, .countTokens, .embedContent, .batchEmbedContents, .predict,
            .geminiModels, .geminiModel:
            .gemini
        case .converse, .converseStream: .bedrock
        }
    }
}
