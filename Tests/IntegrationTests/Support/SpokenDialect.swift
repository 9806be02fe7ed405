/// In what a provider of a test speaks; the raw value is its API in the configuration.
enum SpokenDialect: String, CaseIterable {
    case openai, responses, anthropic, gemini, bedrock

    static let key = "provider-key"
    static let awsKey = (identifier: "AKIDEXAMPLE", secret: "secret/Key+1")
    /// What the providers' keys refer to.
    static let variables = ["PROVIDER_KEY": key, "AWS_PAIR": "\(awsKey.identifier):\(awsKey.secret)"]

    /// Why an answer ended that a filter held back.
    var filterWord: String {
        switch self {
        case .openai, .responses: "content_filter"
        case .anthropic: "refusal"
        case .gemini: "SAFETY"
        case .bedrock: "content_filtered"
        }
    }

    /// What the address has behind the port.
    private var path: String {
        switch self {
        case .openai, .responses: "/v1"
        case .anthropic, .gemini, .bedrock: ""
        }
    }

    func provider(_ name: String, port: Int, more: String = "") -> GatewaySettings.Provider {
        var words = ["api: \(rawValue)", "api_key: \"env:\(self == .bedrock ? "AWS_PAIR" : "PROVIDER_KEY")\""]
        if self == .bedrock { words.append("region: eu-central-1") }
        if !more.isEmpty { words.append(more) }
        var provider = GatewaySettings.Provider(name: name, port: port, more: words.joined(separator: ", "))
        provider.path = path
        // The colon is the one byte of usual names that Amazon's signature and an address write differently.
        if self == .bedrock { provider.model = "anthropic.claude-mock-v1:0" }
        return provider
    }
}
