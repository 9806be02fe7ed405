import GatewayTesting
import Testing

extension IntegrationTests {
    /// What must differ for two requests never to share an answer.
    @Suite("Partitions")
    struct PartitionTests {
        private static let question = "How do I cancel an order I have already placed?"
        private static let reworded = "How can I cancel an order that I have already placed?"

        @Test("Tenants and namespaces never share an answer, in the same words or in others")
        func scopes() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.embedding = GatewaySettings.localEncoder
            settings.tenants = ["red", "blue"]
            let gateway = try await GatewayProcess(settings)
            func headers(_ tenant: String, _ namespace: String?) -> [String: String] {
                var headers = ["authorization": "Bearer \(GatewaySettings.key(of: tenant))"]
                headers["x-refrain-cache-namespace"] = namespace
                return headers
            }
            let scopes = [("red", nil), ("blue", nil), ("red", "shop"), ("red", "help"), ("blue", "shop")]
            var stored = 0
            for (tenant, namespace) in scopes {
                let headers = headers(tenant, namespace)
                let reworded = try await gateway.ask(
                    Self.reworded, headers: headers.merging(["cache-control": "no-store"]) { $1 })
                #expect(reworded.cache == "miss")
                #expect(reworded.missReason == "partition_empty")
                #expect(try await gateway.ask(Self.question, headers: headers).cache == "miss")
                #expect(try await gateway.ask(Self.question, headers: headers).cache == "hit-exact")
                stored += 1
                try await eventually("it is mirrored") { try await gateway.readiness().mirrorEntries == stored }
                #expect(try await gateway.ask(Self.reworded, headers: headers).cache == "hit-semantic")
            }
            #expect(mock.requests == 2 * scopes.count)
        }

        @Test("Another model, system prompt, tool list, format or parameter is another partition")
        func fingerprint() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: mock.port))
            let tool = #"{"type":"function","function":{"name":"look","parameters":{"type":"object"}}}"#
            let other = #"{"type":"function","function":{"name":"see","parameters":{"type":"object"}}}"#
            let bodies = [
                Chat.body(Self.question), Chat.body(Self.question, model: "other"),
                Chat.body(system: "Be brief.", Self.question), Chat.body(system: "Be kind.", Self.question),
                Chat.body(Self.question, more: ",\"tools\":[\(tool)]"),
                Chat.body(Self.question, more: ",\"tools\":[\(tool),\(other)]"),
                Chat.body(Self.question, more: #","response_format":{"type":"text"}"#),
                Chat.body(Self.question, more: #","temperature":0.5"#),
                Chat.body(Self.question, more: #","max_completion_tokens":4000"#),
            ]
            for body in bodies { #expect(try await gateway.post(body).cache == "miss") }
            for body in bodies { #expect(try await gateway.post(body).cache == "hit-exact") }
            // What cannot change an answer shares it.
            let same = [#","user":"ann""#, #","metadata":{"a":"b"}"#, #","store":false"#, #","service_tier":"auto""#]
            for more in same { #expect(try await gateway.ask(Self.question, more: more).cache == "hit-exact") }
            #expect(try await gateway.ask(Self.question, stream: true).cache == "hit-exact")
            #expect(mock.requests == bodies.count)
        }
    }
}
