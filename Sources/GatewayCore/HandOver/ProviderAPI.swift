/// Which API a provider has, as far as requests and answers are concerned. The raw value is its name in the
/// configuration.
package enum ProviderAPI: String, Sendable, CaseIterable {
    /// Chat Completions at OpenAI itself.
    case openAI = "openai"
    /// Chat Completions at one of the many servers that speak it.
    case compatible = "openai_compatible"
    /// Chat Completions at Azure OpenAI.
    case azure
    /// OpenAI's Responses.
    case responses
    case anthropic
    /// Google's Gemini API.
    case gemini
    /// The same at Google Cloud.
    case vertex
    /// Amazon Bedrock's Converse.
    case bedrock
}

/// Which API a client speaks. The raw value is a metric label.
package enum ClientAPI: String, Sendable, CaseIterable {
    /// OpenAI's Chat Completions.
    case chat
    /// OpenAI's Responses.
    case responses
    /// Anthropic's Messages.
    case messages
}
