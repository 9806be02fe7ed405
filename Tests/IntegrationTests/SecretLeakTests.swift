import Foundation
import GatewayTesting
import Testing

extension IntegrationTests {
    /// Whatever the gateway says, it does not say its secrets.
    @Suite("Secrets")
    struct SecretLeakTests {
        private static let provider = "sk-canary+Provider/4711=x%y"
        private static let file = "sk-canary-file-8f3a61"
        private static let rotated = "sk-canary-rotated-c07d2e"
        private static let vault = "sk-canary-vault-51be90"
        private static let token = "hvs.canary-token-77aa01"
        private static let cache = "canary-cache-key-2290ff"
        private static let redis = "canary-redis-password-61"
        private static let encoder = "sk-canary-encoder-ab12cd"
        private static let tenant = GatewaySettings.key(of: "canary_tenant_93de")

        private static let canary = Canary(
            values: [provider, file, rotated, vault, token, cache, redis, encoder, tenant])

        /// A provider that repeats what it was sent wherever it can.
        private static let script: ScriptedServer.Script = { exchange in
            let key = exchange.request.header("authorization") ?? ""
            let echo = String(repeating: "z", count: 440) + " I got the key \(key.dropFirst(7)) from you"
            let question = exchange.request.text(after: #""content":""#)
            switch question {
            case "good": try await exchange.respond(body: Self.completion)
            case "garbage": try await exchange.respond(body: "<html>\(echo)")
            case "error in 200": try await exchange.respond(body: #"{"error":{"message":"\#(key)"}}"#)
            case "cut": try await exchange.close()
            case "error frame":
                try await exchange.eventHead()
                try await exchange.event(#"{"error":{"message":"\#(key)","type":"server_error"}}"#)
                try await exchange.endChunks()
            default:
                let body = #"{"error":{"message":"\#(key) \#(echo)","code":"scripted"}}"#
                try await exchange.respond(
                    Int(question) ?? 400, headers: [("www-authenticate", key), ("x-key", key)], body: body)
            }
        }

        private static let cases = [
            "good", "garbage", "error in 200", "cut", "error frame", "400", "401", "403", "404", "429", "500", "503",
        ]

        private static let completion = #"{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}"#

        private static let store: ScriptedServer.Script = { exchange in
            let isKnown = exchange.request.header("x-vault-token") == Self.token
            let body = #"{"lease_duration":0,"data":{"data":{"key":"\#(Self.vault)"},"metadata":{"version":1}}}"#
            try await exchange.respond(isKnown ? 200 : 403, body: isKnown ? body : #"{"errors":["\#(Self.token)"]}"#)
        }

        private static func settings(_ server: ScriptedServer, _ vault: ScriptedServer, _ redis: Int, keyFile: String)
            -> GatewaySettings
        {
            var settings = GatewaySettings(redisPort: redis, provider: server.port)
            settings.redis += ", password: env:CANARY_REDIS"
            settings.cache = "key: env:CANARY_CACHE, mode: semantic, threshold: 0.9"
            settings.embedding =
                "provider: remote, remote: {base_url: \"\(server.url("/v1"))\", model: m, dimension: 4, "
                + "api_key: env:CANARY_ENCODER, allow_private: true}"
            settings.logLevel = "trace"
            settings.tenants = ["canary_tenant_93de"]
            // A target that failed is left alone after a while, and each case is to meet one that is well.
            settings.providers = cases.indices.flatMap { index in
                [("env", "env:CANARY_PROVIDER"), ("file", "file:\(keyFile)"), ("vault", "vault:secret/llm#key")].map {
                    .init(name: "\($0.0)-\(index)", port: server.port, more: "api_key: '\($0.1)'")
                }
            }
            settings.routes = settings.providers.map { ($0.name, [$0.name]) }
            settings.lines = [
                "secrets: {file_interval: 100ms, vault: {address: '\(vault.url(""))', token: env:CANARY_TOKEN}}"
            ]
            settings.variables = [
                "CANARY_PROVIDER": provider, "CANARY_CACHE": cache, "CANARY_REDIS": Self.redis,
                "CANARY_ENCODER": encoder, "CANARY_TOKEN": token,
            ]
            return settings
        }

        @Test("No answer, header, metric or log line at trace level holds a secret in any form, whatever goes wrong")
        func noLeaks() async throws {
            let redis = try RedisServer(arguments: ["--requirepass", Self.redis])
            let server = try await ScriptedServer.start(script: Self.script)
            let vault = try await ScriptedServer.start(script: Self.store)
            let folder = try Place.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let keyFile = folder.appending(path: "key")
            try Data(Self.file.utf8).write(to: keyFile)
            let settings = Self.settings(server, vault, try #require(redis.port), keyFile: keyFile.path())
            let gateway = try await GatewayProcess(settings)
            let authorized = ["authorization": "Bearer \(Self.tenant)"]
            var seen: [String] = []
            func look(_ answer: Answer) {
                seen += [answer.text] + answer.headers.map { "\($0.name): \($0.value)" }
            }
            for kind in ["env", "file", "vault"] {
                for (index, question) in Self.cases.enumerated() {
                    for stream in [false, true] {
                        let before = server.record.requests.count
                        let model = "\(kind)-\(index)"
                        look(try await gateway.ask(question, model: model, stream: stream, headers: authorized))
                        // A key that is refused is not sent again, and a good answer is kept.
                        #expect(stream || server.record.requests.count > before, "\(model) \(question)")
                    }
                }
            }
            #expect(server.record.requests.contains { $0.header("authorization") == "Bearer \(Self.vault)" })
            try Data(Self.rotated.utf8).write(to: keyFile, options: .atomic)
            try await eventually("the new key is used") { gateway.log.contains("a provider has a new key") }
            look(try await gateway.ask("a new question", model: "file-0", headers: authorized))
            #expect(server.record.requests.contains { $0.header("authorization") == "Bearer \(Self.rotated)" })
            try FileManager.default.removeItem(at: keyFile)
            try await eventually("the loss is told") { gateway.log.contains("cannot be read again") }
            #expect(try await gateway.metric("refrain_provider_key_stale", "file-0") == 1)

            for path in ["/metrics", "/readyz", "/livez", "/v1/models", "/nowhere"] {
                look(try await gateway.get(path, headers: authorized))
            }
            look(try await gateway.ask("good", model: "env-0", headers: ["authorization": "Bearer \(Self.tenant)x"]))
            look(try await gateway.ask("good", model: "unknown", headers: authorized))
            look(try await gateway.post(Array("{".utf8), headers: authorized))
            look(try await gateway.post(Chat.body("good", model: "env-0"), to: "/v1/explain", headers: authorized))
            #expect(try await gateway.terminate() == 0)
            seen += [gateway.log, gateway.child.output]
            #expect(seen.count > 100)
            #expect(gateway.log.contains("a provider did not answer"))
            for text in seen { #expect(Self.canary.found(in: text) == [], "\(text)") }
            await server.stop()
            await vault.stop()
        }

        @Test("Neither a check nor a start that fails shows a secret")
        func commands() async throws {
            let vault = try await ScriptedServer.start(script: Self.store)
            let folder = try Place.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let configuration = folder.appending(path: "refrain.yaml")
            var settings = Self.settings(vault, vault, 1, keyFile: "/nowhere/\(Self.file.count)")
            for (token, change) in [(Self.token, "main"), ("another", "second")] {
                settings.variables["CANARY_TOKEN"] = token
                try Data(settings.yaml.utf8).write(to: configuration)
                for command in [["check-config"], ["serve", "--config"]] {
                    let child = try ChildProcess(
                        [Place.gateway] + command + [configuration.path()], name: change, folder: folder,
                        environment: settings.environment)
                    #expect(try await child.wait() == 1)
                    #expect(child.errors.contains("/nowhere/"))
                    #expect(Self.canary.found(in: child.errors + child.output) == [])
                }
            }
            await vault.stop()
        }

        @Test("A start is refused when Vault refuses, with the line of the reference")
        func refusedByVault() async throws {
            let vault = try await ScriptedServer.start(script: Self.store)
            let folder = try Place.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let (configuration, key) = (folder.appending(path: "refrain.yaml"), folder.appending(path: "key"))
            try Data(Self.file.utf8).write(to: key)
            var settings = Self.settings(vault, vault, 1, keyFile: key.path())
            settings.variables["CANARY_TOKEN"] = "hvs.another"
            try Data(settings.yaml.utf8).write(to: configuration)
            let child = try ChildProcess(
                [Place.gateway, "serve", "--config", configuration.path()], name: "serve", folder: folder,
                environment: settings.environment)
            #expect(try await child.wait() == 1)
            let place = "10:"
            #expect(child.errors.contains("refrain.yaml:\(place)"), "\(child.errors)")
            #expect(child.errors.contains("providers[2].api_key: expected vault:secret/llm#key, but Vault refuses"))
            #expect(Self.canary.found(in: child.errors + child.output) == [])
            await vault.stop()
        }
    }
}
