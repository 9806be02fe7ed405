import GatewayCore
import Testing

@testable import Routing

@Suite("Model registry")
struct ModelRegistryTests {
    private let registry: ModelRegistry = {
        var registry = ModelRegistry()
        registry.set(SelectionFixture.profile("gpt-4o", SelectionFixture.prices("2.5", "10")))
        registry.set(ModelProfile(name: "claude-haiku-4-5"), aliases: ["haiku", "small-one"])
        return registry
    }()

    @Test("A model is found by its name, an alias, behind a provider's name and with a date", arguments: [
        ("gpt-4o", "gpt-4o"), ("openai/gpt-4o", "gpt-4o"), ("azure/eu/gpt-4o", "gpt-4o"),
        ("gpt-4o-2024-08-06", "gpt-4o"), ("gpt-4o-latest", "gpt-4o"), ("haiku", "claude-haiku-4-5"),
        ("anthropic/small-one", "claude-haiku-4-5"), ("claude-haiku-4-5-20251001", "claude-haiku-4-5"),
    ])
    func found(name: String, model: String) {
        #expect(registry.profile(of: name)?.name == model)
    }

    @Test("A model that only looks alike is not known", arguments: [
        "gpt-4o-mini", "gpt-4o-2024-08", "gpt-4o-20240", "gpt-4", "", "/", "gpt-4o/", "-latest", "-20251001",
    ])
    func unknown(name: String) {
        #expect(registry.profile(of: name) == nil)
    }

    @Test("A model without prices has no cost")
    func noPrice() {
        #expect(registry.profile(of: "haiku")?.cost(of: TokenUsage(promptTokens: 5, completionTokens: 5)) == nil)
        #expect(registry.profile(of: "gpt-4o")?.cost(of: TokenUsage(inputUncached: 1000)) == 2_500_000)
    }

    @Test("The quality for a task falls back to the general one")
    func quality() {
        var profile = ModelProfile(name: "m")
        #expect(profile.quality(for: .code) == nil)
        profile.quality = 0.5
        profile.qualityByTask = [.code: 0.9]
        #expect(profile.quality(for: .code) == 0.9)
        #expect(profile.quality(for: .chat) == 0.5)
    }

    @Test("A model set again takes the place of the first")
    func replaced() {
        var changed = registry
        var profile = ModelProfile(name: "gpt-4o")
        profile.family = "other"
        changed.set(profile)
        #expect(changed.profile(of: "gpt-4o")?.family == "other")
        #expect(changed.count == registry.count)
        #expect(changed.names == ["claude-haiku-4-5", "gpt-4o"])
    }
}
