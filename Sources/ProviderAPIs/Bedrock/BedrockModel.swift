internal import GatewayCore

/// What a model of Bedrock is, by its name: what a request may hold beside Converse's own form depends on its maker.
struct BedrockModel: Equatable {
    /// Who makes it, as far as requests differ.
    enum Maker: Equatable {
        /// The version, such as 46 for 4.6; nil where the name does not tell.
        case anthropic(version: Int?)
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
            maker = .anthropic(version: Self.claude(name))
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

    /// Takes a schema of the answer, and strict tools.
    var takesSchemas: Bool {
        switch maker {
        case .anthropic(let version): version.map { $0 >= 45 } ?? true
        case .amazon: false
        case .openAI, .mistral, .other: true
        }
    }

    /// Is told how hard to think in words; before that in tokens.
    var thinksAdaptively: Bool {
        if case .anthropic(let version?) = maker { version >= 46 } else { false }
    }

    /// `claude-3-5-sonnet` and `claude-sonnet-4-5`: the first one or two short numbers, the date and what comes behind
    /// it left out.
    private static func claude(_ name: String) -> Int? {
        var numbers: [Int] = []
        let words = name.split(separator: "-").drop { !$0.hasSuffix("claude") }.dropFirst()
        // The first ones of Bedrock.
        if let first = words.first, first.hasPrefix("v2") || first == "instant" { return 20 }
        for word in words {
            if let number = Int(word), word.utf8.count <= 2 {
                numbers.append(number)
            } else if !numbers.isEmpty {
                break
            }
        }
        guard let major = numbers.first else { return nil }
        return major * 10 + (numbers.count > 1 ? min(numbers[1], 9) : 0)
    }
}
