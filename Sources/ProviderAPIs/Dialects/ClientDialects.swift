package import GatewayCore

/// Every dialect of clients by its name.
package enum ClientDialects {
    /// The dialect of an API.
    package static func dialect(of api: ClientAPI) -> any ClientDialect {
        switch api {
        case .chat: ChatCompletionsClient()
        case .messages: AnthropicClient()
        case .responses: ResponsesClient()
        }
    }
}
