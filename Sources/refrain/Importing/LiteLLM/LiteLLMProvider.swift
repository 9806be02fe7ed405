/// A provider by the prefix LiteLLM has for it: those that take one key, by their own API where we speak that, else by
/// Chat Completions.
struct LiteLLMProvider {
    /// What follows the address LiteLLM is given.
    enum Suffix {
        /// It ends with its version already.
        case none
        /// LiteLLM's address has no version.
        case version
        /// Azure's API of the same form as OpenAI's.
        case azure

        var text: String {
            switch self {
            case .none: ""
            case .version: "/v1"
            case .azure: "/openai/v1"
            }
        }
    }

    let prefix: String
    /// Where it is if the file does not say; nil where it must.
    var address: String?
    /// The variable LiteLLM takes the key from if the file does not say.
    var variable: String?
    var suffix = Suffix.none
    /// Our name of its API; nil for Chat Completions.
    var api: String?
    /// What its address may end with in LiteLLM's file, and does not here.
    var droppedEnds: [String] = []

    static func named(_ prefix: String) -> LiteLLMProvider? { all.first { $0.prefix == prefix } }

    /// For a model without a prefix, which LiteLLM knows by its name.
    static func of(model: String) -> String {
        if model.hasPrefix("claude") { return "anthropic" }
        return model.hasPrefix("gemini") ? "gemini" : "openai"
    }

    /// From LiteLLM's and the providers' own documentation of their addresses.
    private static let all = [
        LiteLLMProvider(prefix: "openai", address: "https://api.openai.com/v1", variable: "OPENAI_API_KEY"),
        LiteLLMProvider(
            prefix: "anthropic", address: "https://api.anthropic.com", variable: "ANTHROPIC_API_KEY", api: "anthropic",
            droppedEnds: ["/v1/messages", "/v1"]),
        LiteLLMProvider(
            prefix: "gemini", address: "https://generativelanguage.googleapis.com", variable: "GEMINI_API_KEY",
            api: "gemini", droppedEnds: ["/v1beta/openai", "/v1beta"]),
        LiteLLMProvider(prefix: "azure", variable: "AZURE_API_KEY", suffix: .azure),
        LiteLLMProvider(prefix: "groq", address: "https://api.groq.com/openai/v1", variable: "GROQ_API_KEY"),
        LiteLLMProvider(prefix: "mistral", address: "https://api.mistral.ai/v1", variable: "MISTRAL_API_KEY"),
        LiteLLMProvider(prefix: "deepseek", address: "https://api.deepseek.com/v1", variable: "DEEPSEEK_API_KEY"),
        LiteLLMProvider(prefix: "xai", address: "https://api.x.ai/v1", variable: "XAI_API_KEY"),
        LiteLLMProvider(
            prefix: "openrouter", address: "https://openrouter.ai/api/v1", variable: "OPENROUTER_API_KEY"),
        LiteLLMProvider(prefix: "together_ai", address: "https://api.together.xyz/v1", variable: "TOGETHERAI_API_KEY"),
        LiteLLMProvider(
            prefix: "fireworks_ai", address: "https://api.fireworks.ai/inference/v1", variable: "FIREWORKS_API_KEY"),
        LiteLLMProvider(prefix: "perplexity", address: "https://api.perplexity.ai", variable: "PERPLEXITYAI_API_KEY"),
        LiteLLMProvider(prefix: "cerebras", address: "https://api.cerebras.ai/v1", variable: "CEREBRAS_API_KEY"),
        LiteLLMProvider(
            prefix: "deepinfra", address: "https://api.deepinfra.com/v1/openai", variable: "DEEPINFRA_API_KEY"),
        LiteLLMProvider(
            prefix: "nvidia_nim", address: "https://integrate.api.nvidia.com/v1", variable: "NVIDIA_NIM_API_KEY"),
        LiteLLMProvider(prefix: "bedrock", variable: "AWS_BEDROCK_KEY", api: "bedrock"),
        LiteLLMProvider(prefix: "vertex_ai", variable: "VERTEX_AI_TOKEN", api: "vertex"),
        LiteLLMProvider(prefix: "hosted_vllm"),
        LiteLLMProvider(prefix: "lm_studio"),
        LiteLLMProvider(prefix: "ollama", address: "http://localhost:11434/v1", suffix: .version),
        LiteLLMProvider(prefix: "ollama_chat", address: "http://localhost:11434/v1", suffix: .version),
    ]
}
