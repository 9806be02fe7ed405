internal import GatewayCore

/// Every dialect of providers by its name.
enum ProviderDialects {
    static func dialect(of target: Target) -> any ProviderDialect {
        switch target.api {
        case .openAI, .compatible, .azure: ChatCompletionsProvider(target.api, version: target.place.version)
        case .responses, .anthropic, .gemini, .vertex, .bedrock:
            ChatCompletionsProvider(target.api, version: nil)
        }
    }
}

extension ChatCompletionsProvider {
    /// - Parameter version: `api-version` of Azure.
    init(_ api: ProviderAPI, version: String?) {
        switch api {
        case .openAI: self.init(.openAI)
        case .azure: self.init(.azure(version: version))
        default: self.init(.compatible)
        }
    }
}
