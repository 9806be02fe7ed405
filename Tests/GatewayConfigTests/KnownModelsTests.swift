import Foundation
import GatewayCore
import Routing
import Testing

@testable import GatewayConfig

@Suite struct KnownModelsTests {
    private let models: ModelRegistry

    init() throws {
        models = try GatewayConfiguration.load(
            yaml: "models_file: config/models.yaml", source: "test", secrets: SampleFile.secrets
        ).configuration.routing.models
    }

    @Test("The shipped file is read without an issue and knows the models of the large providers")
    func loads() {
        #expect(models.count >= 25)
        let known = [
            "gpt-4o-2024-08-06", "openai/gpt-4.1-mini", "claude-haiku-4-5-20251001", "anthropic/claude-sonnet-4-5",
            "gemini-2.5-flash", "meta-llama/Llama-3.3-70B-Instruct",
        ]
        for name in known { #expect(models.profile(of: name) != nil, "\(name)") }
    }

    @Test("Nothing in it contradicts itself")
    func plausible() throws {
        for name in models.names {
            let model = try #require(models.profile(of: name))
            #expect(model.family != nil && model.capabilities?.contains(.streaming) == true, "\(name)")
            if let window = model.contextTokens, let output = model.maxOutputTokens {
                #expect(output <= window, "\(name)")
            }
            if let prices = model.prices {
                #expect(prices.output > prices.input, "\(name)")
                #expect(prices.cachedInput ?? prices.input <= prices.input, "\(name)")
                #expect(prices.cacheWrite ?? prices.input >= prices.input, "\(name)")
            }
            #expect(model.quality.map { (0...1).contains($0) } == true, "\(name)")
        }
    }

    @Test("Places, keeping and clearances are left to the operator")
    func noPlaces() throws {
        for name in models.names {
            let model = try #require(models.profile(of: name))
            #expect(model.region == nil && model.jurisdiction == nil, "\(name)")
            #expect(model.retention == nil && model.clearance == nil, "\(name)")
        }
    }

    /// From the providers' price lists: 2.50 and 10 dollars a million, and a tenth of 3 dollars for what was cached.
    @Test("Costs are those of the price lists")
    func costs() throws {
        let tokens = TokenUsage(promptTokens: 1_000_000, completionTokens: 100_000)
        #expect(models.profile(of: "gpt-4o")?.cost(of: tokens) == 3_500_000_000)
        let cached = TokenUsage(cacheRead: 1_000_000)
        #expect(models.profile(of: "claude-sonnet-4-5")?.cost(of: cached) == 300_000_000)
        #expect(models.profile(of: "llama-3.3-70b-instruct")?.cost(of: tokens) == nil)
    }
}
