import Foundation
import Routing
import Testing

@testable import GatewayConfig

@Suite struct SampleFileTests {
    @Test("The sample file as it is says the same as an empty configuration")
    func sampleIsTheDefault() throws {
        let sample = try GatewayConfiguration.load(
            yaml: SampleFile.text(), source: "refrain.yaml", secrets: SampleFile.secrets)
        let empty = try GatewayConfiguration.load(yaml: "{}", source: "empty", secrets: SampleFile.secrets)
        #expect(dumped(sample.configuration) == dumped(empty.configuration))
        #expect(dumped(GatewayConfiguration()) == dumped(empty.configuration))
    }

    @Test("The sample file with its examples uses every key the reader knows, and no other")
    func sampleIsComplete() throws {
        let loaded = try GatewayConfiguration.load(
            yaml: SampleFile.textWithExamples(), source: "refrain.yaml", secrets: SampleFile.secrets)
        #expect(loaded.reader.knownKeys == loaded.reader.presentKeys)
        #expect(loaded.reader.knownKeys.count > 60)
    }

    @Test("The sample file shows the default of every value of a provider")
    func providerDefaults() throws {
        let documented = try GatewayConfiguration.load(
            yaml: SampleFile.textWithExamples(), source: "refrain.yaml", secrets: SampleFile.secrets)
        let short = try GatewayConfiguration.load(
            yaml: "providers: [{name: main, base_url: https://a.example}]", source: "short",
            secrets: SampleFile.secrets)
        let expected = try #require(short.configuration.routing.providers.first)
        let found = try #require(documented.configuration.routing.providers.first)
        #expect(found.deadlines == expected.deadlines)
    }

    @Test("Each line of the sample file says what its key is for")
    func everyKeyIsExplained() throws {
        // The second mention of a key needs no second comment.
        let plain = [
            "- name: billing", "max_wrong_hits: 0.25%", "- provider: main", "- model: \"*\"",
            "- env:SUPPORT_KEY", "- file:/run/secrets/support-key",
        ]
        let bare = try SampleFile.textWithExamples().split(separator: "\n").filter { line in
            line.contains(":") && !line.hasSuffix(":") && !line.contains("#")
        }
        #expect(bare.map { $0.drop { $0 == " " } }.filter { !plain.contains(String($0)) } == [])
    }

    private func dumped(_ configuration: GatewayConfiguration) -> String {
        var text = ""
        dump(configuration, to: &text)
        return text
    }
}
