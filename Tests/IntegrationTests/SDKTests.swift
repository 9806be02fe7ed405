import Foundation
import GatewayTesting
import Testing

extension IntegrationTests {
    /// The promise that nothing changes for who uses the OpenAI SDK.
    @Suite("The OpenAI SDK", .enabled(if: FileManager.default.isExecutableFile(atPath: Place.python), "no Python"))
    struct SDKTests {
        private static let script: ScriptedServer.Script = { exchange in
            switch exchange.model {
            case "limited": try await exchange.refuse(429, code: "rate_limit_exceeded", headers: [("retry-after", "1")])
            case "failing": try await exchange.refuse(500, code: "server_error")
            default:
                try await exchange.eventHead()
                try await exchange.delta("This stops in the mid")
                try await exchange.close()
            }
        }

        @Test("It reads the same text and usage from a miss, an exact and a semantic hit, and knows every error")
        func sdk() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let provider = try await ScriptedServer.start(script: Self.script)
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.embedding = GatewaySettings.localEncoder
            settings.tenants = ["shop"]
            settings.providers.append(.init(name: "bad", port: provider.port))
            settings.routes += ["limited", "failing", "cut"].map { ($0, ["bad"]) }
            let gateway = try await GatewayProcess(settings)
            let report = try await report(from: gateway)

            #expect(report.answers.map(\.cache) == ["miss", "hit-exact", "hit-exact", "hit-semantic", "hit-semantic"])
            try expectEqual(report.answers)
            #expect(report.answers[0].text.hasPrefix("You asked: How do I cancel an order"))
            #expect(report.streamedFirst.map(\.cache) == ["miss", "hit-exact", "hit-exact"])
            try expectEqual(report.streamedFirst)
            #expect(report.streamedFirst[0].deltas > 1)
            #expect(report.models == ["cut", "failing", "limited", "main", "other"])
            #expect(report.model == "main")
            #expect(mock.requests == 2)
            #expect(report.errors == [
                "key": .init("AuthenticationError", 401, "invalid_api_key"),
                "model": .init("NotFoundError", 404, "model_not_found"),
                "empty": .init("BadRequestError", 400, "invalid_request"),
                "body": .init("BadRequestError", 400, "invalid_request"),
                "limited": .init("RateLimitError", 429, "rate_limit_exceeded"),
                "failing": .init("InternalServerError", 502, "provider_failed"),
                "cut": .init("APIError", nil, "upstream_stream_truncated"),
                "cutAgain": .init("APIError", nil, "upstream_stream_truncated"),
            ])
            await provider.stop()
        }

        /// All have the first one's text, usage and finish reason.
        private func expectEqual(_ answers: [SDKReport.Seen]) throws {
            let first = try #require(answers.first)
            #expect(first.usage ?? 0 > 0)
            #expect(first.finish == "stop")
            for answer in answers {
                #expect(answer.text == first.text)
                #expect(answer.usage == first.usage)
                #expect(answer.finish == first.finish)
            }
        }

        private func report(from gateway: GatewayProcess) async throws -> SDKReport {
            let script = Place.package.appending(path: "Tests/IntegrationTests/Python/sdk_client.py").path()
            let address = "http://127.0.0.1:\(gateway.port)"
            let client = try ChildProcess(
                [Place.python, script, address + "/v1", GatewaySettings.key(of: "shop"), address + "/readyz"],
                name: "sdk", folder: gateway.folder)
            let code = try await client.wait()
            guard code == 0 else { throw Mishap("the SDK's script ended with \(code): \(client.errors)") }
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(SDKReport.self, from: Data(client.output.utf8))
        }
    }
}
