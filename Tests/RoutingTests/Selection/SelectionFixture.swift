import GatewayCore

@testable import Routing

/// Three tiers with a model each, of the prices and windows of well-known ones, and ways to change them.
struct SelectionFixture {
    static func prices(_ input: String, _ output: String) -> ModelPrices {
        ModelPrices(
            input: TokenPrice(dollarsPerMillion: input) ?? .free,
            output: TokenPrice(dollarsPerMillion: output) ?? .free)
    }

    static func profile(
        _ name: String, _ prices: ModelPrices?, change: (inout ModelProfile) -> Void = { _ in }
    ) -> ModelProfile {
        var profile = ModelProfile(name: name)
        profile.prices = prices
        profile.contextTokens = 128_000
        profile.maxOutputTokens = 16_384
        profile.capabilities = [.tools, .jsonMode, .jsonSchema, .streaming, .vision]
        change(&profile)
        return profile
    }

    static func target(_ profile: ModelProfile, provider: String = "p", match: MatchRule? = nil) -> SelectionTarget {
        SelectionTarget(
            deployment: DeploymentID("\(provider)/\(profile.name)"), provider: provider, model: profile.name,
            profile: profile, match: match)
    }

    static let small = profile("small", prices("0.10", "0.40"))
    static let middle = profile("middle", prices("0.40", "1.60"))
    static let large = profile("large", prices("2.00", "8.00"))

    static func model(
        _ objective: VirtualModel.Objective = .balanced, change: (inout VirtualModel) -> Void = { _ in }
    ) -> VirtualModel {
        var model = VirtualModel(
            name: "auto", objective: objective,
            tiers: [
                SelectionTier(name: "small", targets: [target(small)]),
                SelectionTier(name: "middle", targets: [target(middle)]),
                SelectionTier(name: "large", targets: [target(large)]),
            ],
            defaultTier: "middle")
        change(&model)
        return model
    }

    static func decide(_ model: VirtualModel, _ input: SelectionInput) -> SelectionDecision {
        ModelSelector(model: model, estimator: TokenEstimator()).decide(input)
    }

    static let easyText = "What is the capital of France?"
    static let hardText = """
        Design a distributed rate limiter. Compare two algorithms, prove the invariants, analyze the complexity and the
        trade-offs, and justify each step by step. It must handle clock skew and never exceed the limit.
        """
}
