package import GatewayCore

/// What is known of a model. Nil always means "not known": a price that is not known is no price, and a place that is
/// not known satisfies no rule about places.
package struct ModelProfile: Sendable, Equatable {
    /// What a provider counts against its token limit for a request that names `max_tokens`.
    package enum Reserve: String, Sendable, CaseIterable {
        /// All of `max_tokens`, whether it is used or not.
        case maxTokens = "max_tokens"
        /// What is used in the end, so that an estimate is enough.
        case estimate
    }

    /// As the provider spells it.
    package var name: String
    /// Who made it: `openai`, `anthropic`, `google` …
    package var family: String?
    /// Input and output together.
    package var contextTokens: Int?
    package var maxOutputTokens: Int?
    package var capabilities: ModelCapabilities?
    package var prices: ModelPrices?
    /// The provider's name of the place where it runs, such as `eu-west-1`.
    package var region: String?
    /// Under whose law it runs, such as `eu` or `us`.
    package var jurisdiction: String?
    package var retention: RetentionClass?
    /// The class of the most sensitive requests it may be sent.
    package var clearance: SensitivityClass?
    /// How good its answers are before anything was learned, 0 to 1.
    package var quality: Float?
    package var qualityByTask: [TaskType: Float] = [:]
    package var reserve = Reserve.estimate
    package var images = ImageTokenRule.standard

    package init(name: String) { self.name = name }

    /// The quality for a kind of work; nil when nothing is known.
    package func quality(for task: TaskType) -> Float? { qualityByTask[task] ?? quality }

    /// The cost in nano-dollars; nil when the prices are not known.
    package func cost(of usage: TokenUsage) -> Int? { prices?.cost(of: usage) }
}
