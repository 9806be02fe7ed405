package import GatewayCore

/// One line of a record of decisions, read back.
package struct RecordedDecision: Sendable {
    /// As its answer's `x-refrain-request-id`; nil in a record that names none.
    package let request: String?
    package let model: String
    package let tenant: TenantID
    /// Nil where the route did not look at the request.
    package let traits: RequestTraits?
    /// The target that was called last, and whether it answered.
    package let deployment: DeploymentID
    package let isAnswered: Bool
    /// As the provider counted; nil when nothing was answered.
    package let usage: TokenUsage?
    /// Nano-dollars; nil when it was not known.
    package let cost: Int?
    /// All attempts together.
    package let latency: Duration?
    /// What a judgment of the answer teaches; nil where nothing was learned.
    package let lesson: LearnedChoice?

    /// Nil when the line is no such record, or one of a request that called nobody.
    package init?(line: String) {
        guard let root = (try? JSONDocument(line))?.root, let choice = root["decision"],
            let model = choice["model"]?.string, let tenant = root["tenant"]?.string,
            let attempts = root["attempts"], attempts.kind == .array
        else { return nil }
        var last: (deployment: String, result: String)?
        for attempt in attempts.elements {
            guard let deployment = attempt["d"]?.string, let result = attempt["r"]?.string else { return nil }
            last = (deployment, result)
        }
        guard let last else { return nil }
        self.model = model
        request = root["id"]?.string
        lesson = root["lesson"].flatMap { LearnedChoice(record: $0) }
        self.tenant = TenantID(tenant)
        traits = choice["traits"].flatMap { RequestTraits(record: $0) }
        deployment = DeploymentID(last.deployment)
        isAnswered = last.result == "ok"
        usage = Self.usage(root)
        cost = root["cost"]?.integer
        latency = root["ms"]?.integer.map { .milliseconds(min(max($0, 0), 86_400_000)) }
    }

    private static func usage(_ root: JSONElement) -> TokenUsage? {
        if let parts = root["parts"], parts.kind == .array,
            let usage = TokenUsage(parts: parts.elements.compactMap { $0.integer })
        {
            return usage
        }
        guard let input = root["pt"]?.integer, let output = root["ct"]?.integer else { return nil }
        return TokenUsage(promptTokens: input, completionTokens: output)
    }
}
