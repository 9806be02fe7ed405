import Foundation
import GatewayTesting
import MockProvider
import Testing

extension IntegrationTests {
    /// Where requests go whose providers want more than a host and a key. The mock checks paths, versions, places and
    /// credentials by itself, and refuses what is not as the provider wants it.
    @Suite("Targets at Azure, at Vertex AI and behind prefixes")
    struct CloudTargetTests {
        private static let place = MockProviderConfiguration.Place(project: "my-project-7", location: "europe-west4")

        /// A target, and what the mock at its other end asks for.
        struct Cloud: CustomTestStringConvertible, Sendable {
            let name: String
            /// Of the provider's section.
            let section: String
            var path = ""
            let model: String
            var mock: @Sendable (inout MockProviderConfiguration) -> Void = { _ in }

            var testDescription: String { name }
        }

        static let clouds = [
            Cloud(
                name: "azure", section: #"api: azure, api_version: "2024-10-21""#, model: "my-deployment",
                mock: { $0.azureVersion = "2024-10-21" }),
            Cloud(
                name: "azure-preview", section: #"api: azure, api_version: "2025-04-01-preview""#,
                model: "my-deployment", mock: { $0.azureVersion = "2025-04-01-preview" }),
            Cloud(name: "azure-v1", section: "api: azure", path: "/openai/v1", model: "gpt-5"),
            Cloud(
                name: "vertex", section: "api: vertex, project: my-project-7, region: europe-west4",
                model: "gemini-2.5-flash", mock: { $0.vertexPlace = place }),
            Cloud(
                name: "compatible", section: "api: openai_compatible", path: "/api/v1", model: "vendor/model",
                mock: { $0.basePath = "/api" }),
            Cloud(
                name: "responses", section: "api: responses", path: "/openai/v1", model: "gpt-5"),
            Cloud(
                name: "anthropic", section: "api: anthropic", path: "/proxy/anthropic", model: "claude",
                mock: { $0.basePath = "/proxy/anthropic" }),
        ]

        @Test("Every client is answered, whole and streamed, with the key shown as the provider wants it", arguments: clouds)
        func answers(_ cloud: Cloud) async throws {
            let redis = try RedisServer()
            let mock = try await Mock {
                $0.apiKey = "cloud-key"
                cloud.mock(&$0)
                $0.behavior.answer = "Well."
            }
            let gateway = try await GatewayProcess(try Self.settings(cloud, redis: redis, port: mock.port))
            for client in AskingDialect.allCases {
                for isStream in [false, true] {
                    let body = client.body("To \(client), \(isStream)?", model: "main", stream: isStream)
                    let answer = try await gateway.post(body, to: client.path)
                    #expect(answer.status == 200 && answer.text.contains("Well."), "\(client): \(answer.text)")
                    #expect(!isStream || answer.text.contains(client.terminal), "\(client): \(answer.text)")
                }
            }
            #expect(mock.requests == 6)
        }

        @Test("A wrong key is the gateway's own affair, and told to nobody", arguments: clouds)
        func keys(_ cloud: Cloud) async throws {
            let redis = try RedisServer()
            let mock = try await Mock {
                $0.apiKey = "another-key"
                cloud.mock(&$0)
            }
            let gateway = try await GatewayProcess(try Self.settings(cloud, redis: redis, port: mock.port))
            let answer = try await gateway.ask("Who?")
            #expect(answer.status == 502 && !answer.text.contains("key"), "\(answer.text)")
            #expect(mock.requests == 1)
        }

        private static func settings(_ cloud: Cloud, redis: RedisServer, port: Int) throws -> GatewaySettings {
            var settings = try GatewaySettings(redis, provider: port)
            settings.providers = [
                GatewaySettings.Provider(
                    name: "cloud", port: port, more: cloud.section + #", api_key: "env:CLOUD_KEY""#, path: cloud.path,
                    model: cloud.model)
            ]
            settings.routes = [("main", ["cloud"])]
            settings.variables = ["CLOUD_KEY": "cloud-key"]
            return settings
        }
    }
}
