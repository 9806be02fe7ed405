import GatewayCore
import Routing
import Testing

@testable import GatewayConfig

@Suite struct ProviderPlaceTests {
    @Test("What the address of a provider's API is made of is held, and what becomes of unknown parameters")
    func place() throws {
        let yaml = """
            providers:
              - {name: aws, api: bedrock, base_url: "https://a.example", region: eu-central-1}
              - {name: google, api: vertex, base_url: "https://v.example", region: europe-west4, project: p-1}
              - {name: azure, api: azure, base_url: "https://z.example", api_version: "2024-10-21"}
              - {name: strict, api: anthropic, base_url: "https://s.example", unsupported_params: reject}
            """
        let providers = try Refusals.load(yaml).routing.providers
        #expect(providers.map(\.api) == [.bedrock, .vertex, .azure, .anthropic])
        #expect(providers.map(\.place.region) == ["eu-central-1", "europe-west4", nil, nil])
        #expect(providers.map(\.place.project) == [nil, "p-1", nil, nil])
        #expect(providers.map(\.place.version) == [nil, nil, "2024-10-21", nil])
        #expect(providers.map(\.dropsParameters) == [true, true, true, false])
    }
}
