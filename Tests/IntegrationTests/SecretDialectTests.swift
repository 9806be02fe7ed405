import Foundation
import GatewayTesting
import Testing

extension IntegrationTests {
    /// The same promise for every dialect: a provider of any kind repeats what it was shown, to clients of any kind.
    @Suite("Secrets in every dialect")
    struct SecretDialectTests {
        private static let key = "sk-canary+every/dialect=81x%z"
        private static let aws = (secret: "canary/aws+secret/55e1", token: "canary-session+token/9f2c==")
        private static let redis = "canary-url-password-7d31"
        private static let tenant = GatewaySettings.key(of: "canary_tenant_61fa")
        private static let canary = Canary(values: [key, aws.secret, aws.token, redis, tenant])

        /// Kinds of providers, and what their sections need.
        private static let kinds: [(api: String, more: String)] = [
            ("openai", ""), ("azure", ", api_version: 2024-10-21"), ("responses", ""), ("anthropic", ""), ("gemini", ""),
            ("vertex", ", region: eu, project: p"), ("bedrock", ", region: eu-central-1"),
        ]

        private static let cases = ["400", "401", "403", "413", "429", "500", "garbage", "error", "frame"]

        /// Everything secret that a request shows, in an error as each dialect words it.
        private static let script: ScriptedServer.Script = { exchange in
            let shown = ["authorization", "api-key", "x-api-key", "x-goog-api-key", "x-amz-security-token"]
                .compactMap { exchange.request.header($0) }.joined(separator: " ")
            let said = String(repeating: "z", count: 440) + " \(shown) \(shown)"
            let body = """
                {"type":"error","message":\(Chat.quoted(shown)),"error":{"type":"invalid_request_error","code":400,\
                "status":"INVALID_ARGUMENT","message":\(Chat.quoted(said))}}
                """
            let word = exchange.request.text(after: "case-")
            switch word {
            case "garbage": try await exchange.respond(body: "<html>\(said)")
            case "error": try await exchange.respond(body: body)
            case "frame":
                try await exchange.eventHead()
                try await exchange.event(body, name: "error")
                try await exchange.endChunks()
            default:
                try await exchange.respond(
                    Int(word.prefix(3)) ?? 400,
                    headers: [("www-authenticate", shown), ("x-amzn-errortype", shown), ("request-id", shown)],
                    body: body)
            }
        }

        private static func settings(_ server: ScriptedServer, redis port: Int) -> GatewaySettings {
            var settings = GatewaySettings(redisPort: port, provider: server.port)
            settings.redisURL = "env:CANARY_URL"
            settings.logLevel = "trace"
            settings.cache = "mode: exact"
            settings.tenants = ["canary_tenant_61fa"]
            // A target that failed is left alone after a while, and each case is to meet one that is well.
            settings.providers = kinds.flatMap { kind in
                cases.map { word in
                    let key = kind.api == "bedrock" ? "CANARY_AWS" : "CANARY_KEY"
                    return .init(
                        name: "\(kind.api)-\(word)", port: server.port,
                        more: "api: \(kind.api), api_key: 'env:\(key)'\(kind.more)")
                }
            }
            settings.routes = settings.providers.map { ($0.name, [$0.name]) }
            settings.lines = ["responses: {life: 1h}"]
            settings.variables = [
                "CANARY_KEY": key, "CANARY_AWS": "AKIDEXAMPLE:\(aws.secret):\(aws.token)",
                "CANARY_URL": "redis://default:\(Self.redis)@127.0.0.1:\(port)",
            ]
            return settings
        }

        @Test("No answer, header, metric, explanation or log line at trace level shows what a provider repeats")
        func noLeaks() async throws {
            let redis = try RedisServer(arguments: ["--requirepass", Self.redis])
            let server = try await ScriptedServer.start(script: Self.script)
            let gateway = try await GatewayProcess(Self.settings(server, redis: try #require(redis.port)))
            let authorized = ["authorization": "Bearer \(Self.tenant)"]
            var seen: [String] = []
            func look(_ answer: Answer) { seen += [answer.text] + answer.headers.map { "\($0.name): \($0.value)" } }
            for kind in Self.kinds {
                for word in Self.cases {
                    let model = "\(kind.api)-\(word)"
                    let before = server.record.requests.count
                    for dialect in AskingDialect.allCases {
                        for stream in [false, true] {
                            let body = dialect.body("case-\(word)", model: model, stream: stream)
                            look(try await gateway.post(body, to: dialect.path, headers: authorized))
                        }
                        let body = dialect.body("case-\(word)", model: model, stream: false)
                        look(try await gateway.post(body, to: "/v1/explain", headers: authorized))
                    }
                    #expect(server.record.requests.count > before, "\(model)")
                    let count = AskingDialect.messages.body("case-\(word)", model: model, stream: false)
                    look(try await gateway.post(count, to: "/v1/messages/count_tokens", headers: authorized))
                    let text = Array(#"{"model":"\#(model)","input":"case-\#(word)"}"#.utf8)
                    look(try await gateway.post(text, to: "/v1/embeddings", headers: authorized))
                }
            }
            for path in ["/metrics", "/readyz", "/v1/models", "/v1/responses/resp_1", "/v1/responses/resp_1/input_items"] {
                look(try await gateway.get(path, headers: authorized))
            }
            let judgment = Array(#"{"request_id":"0123456789abcdef","verdict":"good"}"#.utf8)
            look(try await gateway.post(judgment, to: "/v1/feedback", headers: authorized))
            redis.kill()
            try await eventually("the loss is told") { gateway.log.contains("Redis is away") }
            #expect(try await gateway.terminate() == 0)
            seen += [gateway.log, gateway.child.output]
            // That the provider was shown each secret that is sent at all.
            let shown = server.record.requests.flatMap(\.headers).map { "\($0)" }.joined()
            #expect(shown.contains(Self.key) && shown.contains(Self.aws.token))
            #expect(seen.count > 1_000)
            for text in seen { #expect(Self.canary.found(in: text) == [], "\(text.prefix(2_000))") }
            await server.stop()
        }
    }
}
