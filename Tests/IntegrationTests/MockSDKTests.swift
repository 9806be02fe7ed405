import Foundation
import GatewayTesting
import MockProvider
import Testing

extension IntegrationTests {
    /// The mock alone, without a gateway: whoever tests against it must meet what the providers' own SDKs accept.
    @Suite(
        "The mock before the providers' SDKs",
        .enabled(if: SDKChecks.isInstalled, "no Python"))
    struct MockSDKTests {
        static let keys = (identifier: "AKIDEXAMPLE", secret: "secret/Key+1")

        @Test("An SDK reads every kind of answer, stream and error", arguments: [
            ("mock_anthropic.py", 15), ("mock_gemini.py", 16), ("mock_openai.py", 15), ("mock_bedrock.py", 10),
        ])
        func sdk(_ script: String, _ checks: Int) async throws {
            let mock = try await Mock {
                $0.apiKey = "k"
                $0.awsAccessKeyID = Self.keys.identifier
                $0.awsSecretKey = Self.keys.secret
            }
            let folder = try Place.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let report = try await SDKChecks.run(
                script, ["http://127.0.0.1:\(mock.port)", "k", Self.keys.identifier, Self.keys.secret], folder: folder)
            for (name, trace) in report.failed { Issue.record("\(name): \(trace)") }
            #expect(report.passed.count == checks)
        }
    }
}
