import Foundation
import GatewayTesting
import MockProvider
import Testing

extension IntegrationTests {
    /// The promise that a client cannot tell in which dialect its provider speaks.
    @Suite("SDKs before providers of every dialect", .enabled(if: SDKChecks.isInstalled, "no Python"))
    struct DialectSDKTests {
        /// What the providers of a family do, by the word in front of their models' names.
        private static let families: [(name: String, behavior: @Sendable (inout MockBehavior) -> Void)] = [
            ("", { _ in }), ("refusing-", { $0.refusal = "I cannot." }), ("cached-", { $0.cachedTokens = 7 }),
            ("cut-", { $0.cutAfterFrames = 12 }), ("rate-limited-", { $0.failure = .rateLimited }),
            ("context-too-long-", { $0.failure = .contextTooLong }), ("server-error-", { $0.failure = .serverError }),
            ("invalid-key-", { $0.failure = .invalidKey }),
        ]

        @Test(
            "An SDK reads every kind of answer, stream and error of every provider, and hits of what others asked",
            arguments: [("gateway_openai.py", 16), ("gateway_anthropic.py", 10)])
        func sdk(_ script: String, _ checks: Int) async throws {
            let redis = try RedisServer()
            var mocks: [Mock] = []
            var settings = try GatewaySettings(redis, provider: 1)
            (settings.providers, settings.routes, settings.tenants) = ([], [], ["shop"])
            settings.variables = SpokenDialect.variables
            for family in Self.families {
                let mock = try await Mock {
                    $0.apiKey = SpokenDialect.key
                    $0.awsAccessKeyID = SpokenDialect.awsKey.identifier
                    $0.awsSecretKey = SpokenDialect.awsKey.secret
                    family.behavior(&$0.behavior)
                }
                mocks.append(mock)
                for dialect in SpokenDialect.allCases {
                    let name = family.name + dialect.rawValue
                    settings.providers.append(dialect.provider(name, port: mock.port))
                    settings.routes.append((name, [name]))
                }
            }
            let gateway = try await GatewayProcess(settings)
            let address = "http://127.0.0.1:\(gateway.port)"
            let dialects = SpokenDialect.allCases.map(\.rawValue)
            let report = try await SDKChecks.run(
                script, [address, GatewaySettings.key(of: "shop")] + dialects, folder: gateway.folder)
            for (name, trace) in report.failed { Issue.record("\(name): \(trace)") }
            #expect(report.passed.count == checks * dialects.count)
        }
    }
}
