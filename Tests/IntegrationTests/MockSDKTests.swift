import Foundation
import GatewayTesting
import MockProvider
import Testing

extension IntegrationTests {
    /// The mock alone, without a gateway: whoever tests against it must meet what the providers' own SDKs accept.
    @Suite(
        "The mock before the providers' SDKs",
        .enabled(if: FileManager.default.isExecutableFile(atPath: Place.python), "no Python"))
    struct MockSDKTests {
        private struct Report: Decodable {
            let passed: [String]
            let failed: [String: String]
        }

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
            let path = Place.package.appending(path: "Tests/IntegrationTests/Python/\(script)").path()
            let client = try ChildProcess(
                [Place.python, path, "http://127.0.0.1:\(mock.port)", "k", Self.keys.identifier, Self.keys.secret],
                name: "sdk", folder: folder)
            _ = try await client.wait(within: .seconds(100))
            guard let report = try? JSONDecoder().decode(Report.self, from: Data(client.output.utf8)) else {
                throw Mishap("the script ended without its report: \(client.errors)")
            }
            for (name, trace) in report.failed { Issue.record("\(name): \(trace)") }
            #expect(report.passed.count == checks)
        }
    }
}
