/// An interface of a provider. Chat Completions and Responses share the errors and headers of OpenAI.
enum MockDialect: Sendable, Equatable {
    case openAI, anthropic, gemini, bedrock

    /// A name for a request, in the form of the dialect.
    func requestID(ordinal: Int) -> String {
        let digest = MockDigest("request \(ordinal)").hex
        return switch self {
        case .openAI: "req_" + digest
        case .anthropic: "req_01" + digest
        case .gemini: ""
        case .bedrock: "\(digest.prefix(8))-\(digest.suffix(4))-4000-8000-\(digest.prefix(12))"
        }
    }

    /// The header that carries it.
    func identification(_ requestID: String) -> String? {
        switch self {
        case .openAI: "x-request-id: " + requestID
        case .anthropic: "request-id: " + requestID
        case .gemini: nil
        case .bedrock: "x-amzn-RequestId: " + requestID
        }
    }

    /// What the dialect says of a failure; a name only where its words have one.
    func error(_ failure: MockFailure, model: String) -> MockProviderError {
        switch self {
        case .openAI: failure.openAI
        case .anthropic: failure.anthropic
        case .gemini: failure.gemini(model: model)
        case .bedrock: failure.bedrock
        }
    }

    /// The same, or nil for a failure that the dialect answers with status 200.
    func refusal(_ failure: MockFailure, model: String) -> MockProviderError? {
        if failure == .contentPolicy, self == .gemini || self == .bedrock { return nil }
        return error(failure, model: model)
    }
}
