internal import GatewayCore

/// What an OpenAI model takes of the wishes about thinking and drawing, as far as its name or the registry tells:
/// models that think refuse a temperature and texts that end the answer, and those that do not refuse an effort.
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
    /// Whether it takes texts that end the answer: OpenAI's models that think refuse them, but for the first.
    let takesStop: Bool
    /// Whether OpenAI itself, or Azure, serves it: there the word for not thinking is known.
    private let isServedByOpenAI: Bool
    /// Whether OpenAI made it, as far as its name or who serves it tells: others take what its models refuse.
    private let isMadeByOpenAI: Bool
    /// Of `gpt-5` and what came behind it; nil for all others.
    private let version: (major: Int, minor: Int)?

    /// - Parameter isOpenAI: whether OpenAI itself, or Azure, serves it.
    init(_ model: ProviderModel, isOpenAI: Bool = true) {
        isServedByOpenAI = isOpenAI
        let name = (model.name.lowercased().split(separator: "/").last ?? "")[...]
        version = Self.version(of: name)
        let isNumbered = name.first == "o" && name.dropFirst().first?.isNumber == true
        isMadeByOpenAI = isOpenAI || version != nil || isNumbered
        if let version {
            if version.major == 5, version.minor == 0 {
                thinking = name.hasPrefix("gpt-5-chat") ? .never : .always(least: .minimal)
            } else {
                thinking = .asTold
            }
        } else if isNumbered {
            thinking = .always(least: .low)
        } else if ["gpt-3.5", "gpt-4", "chatgpt-4o"].contains(where: name.hasPrefix) {
            thinking = .never
        } else if let capabilities = model.capabilities {
            thinking = capabilities.contains(.reasoning) ? .asTold : .never
        } else {
            thinking = .unknown
        }
        let early: [String] = ["o1", "o3-mini"]
        let isEarly = early.contains { name == $0 || name.hasPrefix($0 + "-20") }
        takesStop = !isMadeByOpenAI || isEarly || thinking == .never || thinking == .unknown
    }

    /// Of `gpt-5.4-mini` 5 and 4; nil before 5. Azure's `gpt-35-turbo` is one of 3.5.
    private static func version(of name: Substring) -> (major: Int, minor: Int)? {
        guard name.hasPrefix("gpt-") else { return nil }
        let digits = name.dropFirst("gpt-".count).prefix { $0.isNumber || $0 == "." }
        let numbers = digits.split(separator: ".").map { Int($0) }
        guard let major = numbers.first ?? nil, (5..<20).contains(major) else { return nil }
        return (major, numbers.count > 1 ? numbers[1] ?? 0 : 0)
    }

    private func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
        guard let version else { return false }
        return (version.major, version.minor) >= (major, minor)
    }

    /// The effort to ask for; nil where none can be, or none has to be.
    func effort(_ wanted: ReasoningRequest.Effort) -> ReasoningRequest.Effort? {
        switch thinking {
        case .never: nil
        case .unknown: wanted == .none && !isServedByOpenAI ? nil : atMost(.xhigh, wanted)
        case .asTold: atMost(.xhigh, wanted == .minimal ? .low : wanted)
        case .always(let least): wanted == .none || wanted == .minimal ? least : atMost(.high, wanted)
        }
    }

    /// The effort to ask for in Chat Completions. Beside functions OpenAI takes none there from `gpt-5.2` on, and from
    /// `gpt-5.6` on, which think unless they are told not to, that must be said.
    func chatEffort(
        _ wanted: ReasoningRequest.Effort?, besideFunctions: Bool
    ) -> ReasoningRequest.Effort? {
        let usual = wanted.flatMap(self.effort)
        guard besideFunctions, isServedByOpenAI, isAtLeast(5, 2) else { return usual }
        if isAtLeast(5, 6) || usual == ReasoningRequest.Effort.none { return ReasoningRequest.Effort.none }
        return nil
    }

    /// Whether a temperature and `top_p` are taken beside this effort.
    func takesSampling(beside effort: ReasoningRequest.Effort?) -> Bool {
        switch thinking {
        case .never, .unknown: true
        case .asTold where isAtLeast(6, 0): false
        // They think little or not at all unless they are told to, up to 5.6.
        case .asTold: effort == ReasoningRequest.Effort.none || effort == nil && !isAtLeast(5, 6)
        case .always: false
        }
    }

    /// Whether penalties, biases and probabilities of tokens are taken beside this effort.
    func takesWeights(beside effort: ReasoningRequest.Effort?) -> Bool {
        !isMadeByOpenAI || takesSampling(beside: effort)
    }

    private func atMost(_ most: ReasoningRequest.Effort, _ wanted: ReasoningRequest.Effort) -> ReasoningRequest.Effort {
        switch wanted {
        case .max, .xhigh: most
        default: wanted
        }
    }
}
