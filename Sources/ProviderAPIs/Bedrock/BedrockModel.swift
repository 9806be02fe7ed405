internal import GatewayCore

/// What a model of Bedrock is, by its name: what a request may hold beside Converse's own form depends on its maker.
struct BedrockModel: Equatable {
    /// Who makes it, as far as requests differ.
    enum Maker: Equatable {
        case anthropic(ClaudeGeneration)
        /// Nova; its second generation thinks.
        case amazon(version: Int)
        case openAI
        case mistral
        case other
    }

    let maker: Maker

    /// Such as `anthropic.claude-sonnet-4-5-20250929-v1:0`, `eu.amazon.nova-pro-v1:0`, or the ARN of either.
    init(_ name: String) {
        let name = name.lowercased()
        if name.contains("claude") {
            maker = .anthropic(ClaudeGeneration(model: name))
        } else if name.contains("amazon.nova") {
            maker = .amazon(version: name.contains("nova-2") ? 2 : 1)
        } else if name.contains("openai.gpt") {
            maker = .openAI
        } else if name.contains("mistral.") {
            maker = .mistral
        } else {
            maker = .other
        }
    }

    var isClaude: Bool {
        if case .anthropic = maker { true } else { false }
    }

    /// Knows places up to which the prompt is kept.
    var keepsPrompts: Bool {
        switch maker {
        case .anthropic, .amazon: true
        case .openAI, .mistral, .other: false
        }
    }

    /// Refuses to be told to call a tool.
    var refusesForcedTools: Bool {
        if case .anthropic(let generation) = maker { generation.refusesForcedTools } else { false }
    }

    /// Takes a schema of the answer, and strict tools.
    var takesSchemas: Bool {
        switch maker {
        case .anthropic(let generation): generation.takesSchemas
        case .amazon: false
        case .openAI, .mistral, .other: true
        }
    }
}
