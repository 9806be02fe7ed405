extension MockFailure {
    /// OpenAI's status, code and words for this failure.
    var openAI: MockProviderError {
        switch self {
        case .rateLimited:
            MockProviderError(
                .rateLimited, "Rate limit reached for requests per minute. Please try again later.", status: 429)
        case .quotaGone:
            MockProviderError(
                .quotaGone, "You exceeded your current quota, please check your plan and billing details.", status: 429)
        case .overloaded:
            MockProviderError(.overloaded, "The engine is currently overloaded, please try again later.", status: 503)
        case .contextTooLong:
            MockProviderError(
                .contextTooLong,
                "This model's maximum context length is 128000 tokens. However, your messages are longer.",
                param: "messages")
        case .contentPolicy:
            MockProviderError(
                .contentPolicy, "The prompt was filtered: it triggered the content management policy.", param: "prompt")
        case .invalidKey:
            MockProviderError(.invalidKey, "Incorrect API key provided: mock.", status: 401)
        case .forbidden:
            MockProviderError(.forbidden, "You have no access to this model.", status: 403)
        case .modelNotFound:
            MockProviderError(
                .modelNotFound, "The model does not exist or you do not have access to it.", param: "model",
                status: 404)
        case .serverError:
            MockProviderError(.injected, "The server had an error while processing your request.", status: 500)
        case .timeout:
            MockProviderError(.timeout, "The request timed out.", status: 504)
        }
    }
}
