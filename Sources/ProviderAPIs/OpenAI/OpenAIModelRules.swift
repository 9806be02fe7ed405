internal import GatewayCore

/// What an OpenAI model takes of the wishes about thinking and drawing, as far as its name or the registry tells:
/// models that think refuse a temperature, and those that do not refuse an effort.
struct OpenAIModelRules {
    enum Thinking: Equatable {
        case never
        /// It cannot be told not to (`o3`, `gpt-5`).
        case always(least: ReasoningRequest.Effort)
        /// From `gpt-5.1` on.
        case asTold
        case unknown
    }

    let thinking: Thinking
    /// Whether the server knows the word for not thinking: OpenAI's does.
    private let knowsNone: Bool

    /// - Parameter isOpenAI: whether OpenAI itself, or Azure, serves it.
    init(_ model: ProviderModel, isOpenAI: Bool = true) {
        knowsNone = isOpenAI
        let name = (model.name.lowercased().split(separator: "/").last ?? "")[...]
        if name.hasPrefix("gpt-5") {
            let version = name.dropFirst(5)
            if version.hasPrefix("-chat") {
                thinking = .never
            } else if version.hasPrefix(".") {
                thinking = .asTold
            } else {
                thinking = .always(least: .minimal)
            }
        } else if name.first == "o", name.dropFirst().first?.isNumber == true {
            thinking = .always(least: .low)
        } else if ["gpt-3.5", "gpt-4", "chatgpt-4o"].contains(where: name.hasPrefix) {
            thinking = .never
        } else if let capabilities = model.capabilities {
            thinking = capabilities.contains(.reasoning) ? .asTold : .never
        } else {
            thinking = .unknown
        }
    }

    /// The effort to ask for; nil where none can be, or none has to be.
    func effort(_ wanted: ReasoningRequest.Effort) -> ReasoningRequest.Effort? {
        switch thinking {
        case .never: nil
        case .unknown: wanted == .none && !knowsNone ? nil : atMost(.xhigh, wanted)
        case .asTold: atMost(.xhigh, wanted == .minimal ? .low : wanted)
        case .always(let least): wanted == .none || wanted == .minimal ? least : atMost(.high, wanted)
        }
    }

    /// Whether a temperature and `top_p` are taken beside this effort.
    func takesSampling(beside effort: ReasoningRequest.Effort?) -> Bool {
        switch thinking {
        case .never, .unknown: true
        // They think little or not at all unless they are told to.
        case .asTold: effort == nil || effort == ReasoningRequest.Effort.none
        case .always: false
        }
    }

    private func atMost(_ most: ReasoningRequest.Effort, _ wanted: ReasoningRequest.Effort) -> ReasoningRequest.Effort {
        switch wanted {
        case .max, .xhigh: most
        default: wanted
        }
    }
}
