import GatewayCore

/// What was learned about tokens: ratios and errors by model, output lengths by model and route. Pure.
///
/// Bounded: models and routes beyond the limits keep the starting values.
struct TokenStatistics: Sendable {
    struct OutputKey: Hashable, Sendable {
        let model: String
        let route: String
    }

    private struct Model {
        var ratios = TokenRatios()
        /// Thousandths by which estimates of the input were off.
        var errors = RecentValues(capacity: TokenStatistics.window)
    }

    static let window = 200
    /// The output of a route of which nothing was seen.
    static let coldOutput = 512
    /// Outputs seen before their p90 counts: with fewer it is no more than the largest.
    static let warmAfter = 10
    static let modelLimit = 1024
    static let outputLimit = 4096

    private var models: [String: Model] = [:]
    private var outputs: [OutputKey: RecentValues] = [:]

    func estimate(_ traits: RequestTraits, profile: ModelProfile?, key: OutputKey) -> TokenEstimate {
        let input = Self.sum([
            tokens(of: traits.text.total, model: key.model), Self.fixedTokens(traits, profile),
        ])
        let ceiling = profile?.maxOutputTokens ?? .max
        let limit = min(traits.maxTokens ?? .max, ceiling)
        let usual = expectedOutput(key)
        let output = min(limit, usual)
        let asked = traits.maxTokens == nil ? nil : limit
        let reserved = profile?.reserve == .maxTokens ? asked ?? output : output
        return TokenEstimate(
            input: input, output: Self.times(output, traits.choices),
            reservedOutput: Self.times(reserved, traits.choices), demandedOutput: asked ?? output)
    }

    /// The tokens of a text by what was learned of the model, rounded up.
    func tokens(of text: ScriptBytes, model: String) -> Int {
        Int(exactly: (models[model]?.ratios ?? TokenRatios()).tokens(of: text).rounded(.up)) ?? .max
    }

    /// Takes the truth of one exchange. Counts that are not positive teach nothing.
    mutating func settle(_ traits: RequestTraits, profile: ModelProfile?, key: OutputKey, usage: TokenUsage) {
        learnInput(traits, profile, key.model, actual: usage.promptTokens)
        guard usage.completionTokens > 0, outputs[key] != nil || outputs.count < Self.outputLimit else { return }
        // `n` answers were counted together; one request expects the length of one.
        outputs[key, default: RecentValues(capacity: Self.window)].add(usage.completionTokens / max(1, traits.choices))
    }

    private mutating func learnInput(_ traits: RequestTraits, _ profile: ModelProfile?, _ name: String, actual: Int) {
        guard actual > 0, models[name] != nil || models.count < Self.modelLimit else { return }
        var model = models[name] ?? Model()
        let fixed = Self.fixedTokens(traits, profile)
        let text = traits.text.total
        let estimated = model.ratios.tokens(of: text) + Double(fixed)
        let error = abs(estimated - Double(actual)) / Double(actual)
        model.errors.add(Int(min(error * 1000, 1_000_000).rounded()))
        if actual > fixed { model.ratios.learn(text, actual: Double(actual - fixed)) }
        models[name] = model
    }

    /// The p90 of how far estimates of the input were off, as a share of the truth, by model. Over the last 200.
    var inputErrors: [String: Double] {
        models.compactMapValues { $0.errors.quantile(percent: 90).map { Double($0) / 1000 } }
    }

    private func expectedOutput(_ key: OutputKey) -> Int {
        guard let recent = outputs[key], recent.count >= Self.warmAfter else { return Self.coldOutput }
        return recent.quantile(percent: 90) ?? Self.coldOutput
    }

    /// What is counted by tables: tools, pictures, frames.
    private static func fixedTokens(_ traits: RequestTraits, _ profile: ModelProfile?) -> Int {
        let rule = profile?.images ?? .standard
        let tools = Int((Double(traits.toolBytes) / TokenRatios.toolBytesPerToken).rounded(.up))
        return sum(traits.images.map { rule.tokens(of: $0) } + [tools, traits.messageCount * TokenRatios.messageTokens])
    }

    private static func sum(_ parts: [Int]) -> Int {
        parts.reduce(0) { sum, part in
            let (next, overflows) = sum.addingReportingOverflow(part)
            return overflows ? .max : next
        }
    }

    private static func times(_ count: Int, _ factor: Int) -> Int {
        let (product, overflows) = count.multipliedReportingOverflow(by: factor)
        return overflows ? .max : product
    }
}
