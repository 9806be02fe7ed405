/// What OpenAI's models refuse of requests that others take, told by their names. Other names refuse nothing.
struct MockOpenAIModel {
    private let name: String
    /// Of `gpt-5.4-mini` 5.4.
    private let version: Double?

    init(_ name: String) {
        self.name = name
        let digits: Substring = name.hasPrefix("gpt-") ? name.dropFirst(4).prefix { $0.isNumber || $0 == "." } : ""
        // Two digits without a point are Azure's spelling of one with it.
        version = Double(digits).flatMap { $0 < 20 ? $0 : nil }
    }

    private var thinks: Bool {
        if ["o3", "o4-mini"].contains(where: { name == $0 || name.hasPrefix($0 + "-20") }) { return true }
        return (version ?? 0) >= 5 && !name.hasPrefix("gpt-5-chat")
    }

    /// Members that a request may have where its model draws freely, and what says nothing in them.
    private static let drawn: [String: Double] = [
        "temperature": 1, "top_p": 1, "presence_penalty": 0, "frequency_penalty": 0, "logit_bias": 0, "logprobs": 0,
        "top_logprobs": 0,
    ]

    static func isDrawing(_ member: String) -> Bool { drawn[member] != nil }

    /// Whether the value of such a member asks for something.
    static func asks(_ value: MockJSON, of member: String) -> Bool {
        switch value {
        case .null: false
        case .boolean(let flag): flag
        case .number(let text): Double(text) != drawn[member]
        default: true
        }
    }

    /// Throws where a model that thinks refuses such members.
    func check(drawing members: [String], effort: String?) throws(MockProviderError) {
        guard thinks, let member = members.min() else { return }
        // From 5.1 on they do not think unless they are told to, up to 5.6, and 6 draws as it likes.
        let number = version ?? 0
        let thinksNow = number < 5.1 || number >= 6 || effort.map { $0 != "none" } ?? (number >= 5.6)
        guard thinksNow else { return }
        throw unsupported(member)
    }

    /// Throws for texts that end the answer, and for functions beside an effort, which Chat Completions refuses.
    func checkChat(hasStop: Bool, hasFunctions: Bool, effort: String?) throws(MockProviderError) {
        if hasStop, thinks { throw unsupported("stop") }
        guard hasFunctions, let version, version >= 5.2 else { return }
        guard effort != "none", effort != nil || version >= 5.6 else { return }
        let way = version >= 5.6
            ? "To use function tools, use /v1/responses or set reasoning_effort to 'none'."
            : "Please use /v1/responses instead."
        throw MockProviderError(
            .unsupportedParameter,
            "Function tools with reasoning_effort are not supported for \(name) in /v1/chat/completions. \(way)",
            param: "reasoning_effort")
    }

    private func unsupported(_ member: String) -> MockProviderError {
        MockProviderError(
            .unsupportedParameter, "Unsupported parameter: '\(member)' is not supported with this model.",
            param: member)
    }
}
