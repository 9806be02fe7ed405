package import GatewayCore

/// Every dialect of providers by its name.
package enum ProviderDialects {
    /// The dialect that a target's provider speaks.
    package static func dialect(of target: Target) -> any ProviderDialect {
        let place = target.place
        return switch target.api {
        case .openAI, .azure, .compatible: ChatCompletionsProvider(target)
        case .responses: ResponsesProvider()
        case .anthropic: AnthropicProvider()
        case .gemini: GeminiProvider(.geminiAPI)
        case .vertex: GeminiProvider(.vertex(project: place.project ?? "", location: place.region ?? ""))
        case .bedrock: BedrockProvider(region: place.region ?? "")
        }
    }
}
