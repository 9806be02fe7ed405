import GatewayCore
import Routing
import Testing

@testable import GatewayConfig

@Suite struct ModelRegistryTests {
    private func profile(_ yaml: String, _ name: String = "m", files: [String: String] = [:]) throws -> ModelProfile? {
        try Refusals.load(yaml, files: files).routing.models.profile(of: name)
    }

    @Test("All that is said of a model is held, prices to the last digit")
    func whole() throws {
        let yaml = """
            models:
              - name: m
                aliases: [other]
                family: openai
                context: 1000
                max_output: 100
                capabilities: [tools, vision]
                prices: {input: 0.0375, cached_input: 0.01, cache_write: 0.05, output: 1, reasoning: 2,
                         audio_input: 3, audio_output: 4}
                region: eu-west-1
                jurisdiction: eu
                retention: 30d
                clearance: public
                quality: 0.5
                quality_by_task: [{task: code, quality: 0.75}]
                reserve: max_tokens
                image_tokens: {rule: patches, permille: 1620}
            """
        let model = try #require(try profile(yaml, "other"))
        #expect(model.name == "m")
        #expect(model.family == "openai")
        #expect(model.contextTokens == 1000)
        #expect(model.maxOutputTokens == 100)
        #expect(model.capabilities == [.tools, .vision])
        #expect(model.prices?.input.picodollars == 37_500)
        #expect(model.prices?.cachedInput?.picodollars == 10_000)
        #expect(model.prices?.cacheWrite?.picodollars == 50_000)
        #expect(model.prices?.output.picodollars == 1_000_000)
        #expect(model.prices?.reasoning?.picodollars == 2_000_000)
        #expect(model.prices?.audioInput?.picodollars == 3_000_000)
        #expect(model.prices?.audioOutput?.picodollars == 4_000_000)
        #expect(model.region == "eu-west-1")
        #expect(model.jurisdiction == "eu")
        #expect(model.retention == .days30)
        #expect(model.clearance == .open)
        #expect(model.quality(for: .chat) == 0.5)
        #expect(model.quality(for: .code) == 0.75)
        #expect(model.reserve == .maxTokens)
        #expect(model.images == .patches(permille: 1620))
    }

    @Test("A name alone is a model of which nothing is known")
    func bare() throws {
        #expect(try profile("models: [{name: m}]") == ModelProfile(name: "m"))
        #expect(try profile("models: [{name: m}]", "n") == nil)
    }

    @Test("What stands in the main file changes what the models' file says, and leaves the rest")
    func override() throws {
        let file = """
            models:
              - {name: m, context: 10, prices: {input: 1, output: 2, cached_input: 0.5}, capabilities: [tools]}
              - {name: n, context: 20}
            """
        let yaml = """
            models_file: known.yaml
            models:
              - {name: m, region: eu, prices: {output: 3}, capabilities: [vision]}
              - {name: own}
            """
        let m = try #require(try profile(yaml, files: ["known.yaml": file]))
        #expect(m.contextTokens == 10)
        #expect(m.region == "eu")
        #expect(m.prices?.input.picodollars == 1_000_000)
        #expect(m.prices?.output.picodollars == 3_000_000)
        #expect(m.prices?.cachedInput?.picodollars == 500_000)
        #expect(m.capabilities == .vision)
        #expect(try profile(yaml, "n", files: ["known.yaml": file])?.contextTokens == 20)
        #expect(try profile(yaml, "own", files: ["known.yaml": file]) != nil)
    }

    @Test("Each mistake is reported with its place")
    func mistakes() {
        let yaml = """
            models:
              - name: m
                context: many
                capabilities: [tools, toolz]
                prices: {input: 1.1234567}
                retention: forever
              - name: m
                qualty: 1
                image_tokens: {base: 5}
            """
        let price = "dollars for a million tokens, such as 2.50, with at most six digits behind the point"
        #expect(
            Refusals.of(yaml) == [
                "3:14: models[0].context: expected an integer from 1 to 1000000000, found many",
                "4:27: models[0].capabilities[1]: expected one of tools, parallel_tools, vision, audio_input, "
                    + "audio_output, documents, json_mode, json_schema, reasoning, streaming, found toolz",
                "5:13: models[0].prices.output: expected \(price), found no such key in this section",
                "5:21: models[0].prices.input: expected \(price), found 1.1234567",
                "6:16: models[0].retention: expected one of zero, 30d, indefinite, trains, found forever",
                "7:11: models[1].name: expected a model's name to be unique, found m that line 2 has",
                "8:5: models[1].qualty: unknown key; did you mean quality?",
                "9:19: models[1].image_tokens.rule: expected one of tiles, patches, area, crops, fixed, "
                    + "found no such key in this section",
            ])
    }

    @Test("Mistakes in the models' file are reported with the place there")
    func fileMistakes() {
        let file = "models:\n  - name: m\n    contxt: 5\n  - name: n\n    quality: 2\n"
        #expect(
            Refusals.of("models_file: known.yaml", files: ["known.yaml": file]) == [
                "1:14: models_file: known.yaml:3:5: models[0].contxt: unknown key; did you mean context?",
                "1:14: models_file: known.yaml:5:14: models[1].quality: expected a number from 0 to 1, found 2",
            ])
        #expect(
            Refusals.of("models_file: gone.yaml")
                == ["1:14: models_file: expected a readable file gone.yaml, but: no such file"])
        #expect(
            Refusals.of("models_file: bad.yaml", files: ["bad.yaml": "models: ["]).first?
                .hasPrefix("1:14: models_file: bad.yaml:") == true)
        #expect(
            Refusals.of("models_file: bad.yaml", files: ["bad.yaml": "modles: []\n"])
                == ["1:14: models_file: bad.yaml:1:1: modles: unknown key; did you mean models?"])
    }
}
