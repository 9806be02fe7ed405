import Foundation
import GatewayTesting
import Testing

extension IntegrationTests {
    /// The commands beside `serve`.
    @Suite("Commands")
    struct CommandTests {
        private struct Outcome {
            let code: Int32
            let output: String
            let errors: String
        }

        private func run(_ arguments: [String], in folder: URL) async throws -> Outcome {
            let child = try ChildProcess([Place.gateway] + arguments, name: "command", folder: folder)
            let code = try await child.wait()
            return Outcome(code: code, output: child.output, errors: child.errors)
        }

        @Test("Imported answers are found by their question, its variants, and in other words; importing again is safe")
        func importing() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.embedding = GatewaySettings.localEncoder
            let gateway = try await GatewayProcess(settings)
            let configuration = gateway.folder.appending(path: "refrain.yaml").path()
            let file = Place.package.appending(path: "config/demo/faq.jsonl").path()
            let command = ["cache", "import", "--config", configuration, "--model", "main", file]
            let outcome = try await run(command, in: gateway.folder)
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("imported 113 of 113 lines"))

            let entries = try redis.cli("--scan", "--pattern", "*:e:*").split(separator: "\n").count
            try await eventually("all is mirrored") { try await gateway.readiness().mirrorEntries == entries }
            let answer = "Choose \"Cancel order\" under \"My orders\""
            for (question, cache) in [
                ("How do I cancel an order I have already placed?", "hit-exact"),
                ("I want to call off my order", "hit-exact"), ("I want to call  off my order.", "hit-exact"),
                ("How can I cancel an order that I have already placed?", "hit-semantic"),
            ] {
                for stream in [false, true] {
                    let hit = try await gateway.ask(question, stream: stream)
                    #expect(hit.cache == cache, "\(question)")
                    #expect(hit.content.hasPrefix(answer), "\(question)")
                }
            }
            #expect(mock.requests == 0)
            #expect(try await gateway.ask("What does the moon weigh?").cache == "miss")
        }

        @Test("A bad line is reported with its number, the exit code is 1, and the rest is imported")
        func badLines() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: mock.port))
            let file = gateway.folder.appending(path: "faq.jsonl")
            try Data("""
                {"id": "1", "question": "First?", "answer": "One."}
                {"id": "2", "question": "Second?"}

                not JSON
                {"id": "5", "question": "Fifth?", "variants": 7, "answer": "Five."}
                {"id": "6", "question": "Sixth?", "answer": "Six."}
                """.utf8).write(to: file)
            let configuration = gateway.folder.appending(path: "refrain.yaml").path()
            for _ in 0..<2 {
                let outcome = try await run(
                    ["cache", "import", "--config", configuration, "--model", "main", file.path()], in: gateway.folder)
                #expect(outcome.code == 1)
                // The blank line is not one of them.
                #expect(outcome.errors.contains("imported 2 of 5 lines"), "\(outcome.errors)")
                for line in [2, 4, 5] { #expect(outcome.errors.contains("faq.jsonl:\(line): "), "\(outcome.errors)") }
                for line in [1, 3, 6] { #expect(!outcome.errors.contains("faq.jsonl:\(line): ")) }
            }
            #expect(try await gateway.ask("First?").content == "One.")
            #expect(try await gateway.ask("Sixth?").content == "Six.")
            #expect(try await gateway.ask("Second?").cache == "miss")
        }

        @Test("An answer that a provider's would not be stored for is refused with the reason: too large, or no JSON")
        func refusedAnswers() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.cache = "answer_limit: 1KiB"
            let gateway = try await GatewayProcess(settings)
            let file = gateway.folder.appending(path: "faq.jsonl")
            let long = String(repeating: "much ", count: 300)
            try Data("""
                {"id": "1", "question": "How much?", "answer": "\(long)"}
                {"id": "2", "question": "As JSON?", "answer": "{}"}
                {"id": "3", "question": "As text?", "answer": "text"}
                """.utf8).write(to: file)
            let request = gateway.folder.appending(path: "request.json")
            let format = #""response_format":{"type":"json_object"}"#
            try Data(#"{"model":"main","messages":[{"role":"user","content":"?"}],\#(format)}"#.utf8).write(to: request)
            let configuration = gateway.folder.appending(path: "refrain.yaml").path()
            let outcome = try await run(
                ["cache", "import", "--config", configuration, "--model", "main", "--request", request.path()]
                    + [file.path()], in: gateway.folder)
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("faq.jsonl:1: “How much?” was not stored: the answer is larger"))
            #expect(outcome.errors.contains("faq.jsonl:3: “As text?” was not stored: the request asks for JSON"))
            #expect(outcome.errors.contains("imported 1 of 3 lines"), "\(outcome.errors)")
            #expect(try await gateway.ask("As JSON?", more: ",\(format)").cache == "hit-exact")
        }

        @Test("An import that finds no file, or no Redis, ends with a failure")
        func noImport() async throws {
            let folder = try Place.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let configuration = folder.appending(path: "refrain.yaml")
            let settings = GatewaySettings(redisPort: try await ClosedPort.find(), provider: 1)
            try Data(settings.yaml.utf8).write(to: configuration)
            let command = ["cache", "import", "--config", configuration.path(), "--model", "main"]
            let nowhere = try await run(command + [folder.appending(path: "none").path()], in: folder)
            #expect(nowhere.code != 0)
            #expect(nowhere.errors.contains("none"))
            let file = Place.package.appending(path: "config/demo/faq.jsonl").path()
            let redis = try await run(command + [file], in: folder)
            #expect(redis.code != 0)
            #expect(redis.errors.contains("Redis"))
        }

        @Test("check-config exits with 0 for a sound file, and with 1 and every problem for others")
        func checkConfig() async throws {
            let folder = try Place.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let sample = Place.package.appending(path: "config/refrain.yaml").path()
            #expect(try await run(["check-config", sample], in: folder).code == 0)
            let sound = folder.appending(path: "sound.yaml")
            try Data(GatewaySettings(redisPort: 1, provider: 1).yaml.utf8).write(to: sound)
            let checked = try await run(["check-config", sound.path()], in: folder)
            #expect(checked.code == 0)
            #expect(
                checked.output == """
                    ok: 2 routes, 1 provider, 0 tenants
                    route main: priority
                      first: priority 0
                    route other: priority
                      first: priority 0

                    """)

            let bad = folder.appending(path: "bad.yaml")
            try Data("server: {port: x}\ncache: {ttl: never, tll: 1h}\n".utf8).write(to: bad)
            for command in [["check-config", bad.path()], ["serve", "--config", bad.path()]] {
                let outcome = try await run(command, in: folder)
                #expect(outcome.code == 1)
                for place in ["server.port", "cache.ttl", "cache.tll"] { #expect(outcome.errors.contains(place)) }
            }
            #expect(try await run(["check-config", folder.appending(path: "none").path()], in: folder).code == 1)
        }

        @Test("config import prints a file that check-config accepts, and nothing of one that holds a key")
        func importLiteLLM() async throws {
            let folder = try Place.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let file = folder.appending(path: "litellm.yaml")
            let command = ["config", "import", "litellm", file.path()]
            try Data("""
                model_list:
                  - {model_name: a, litellm_params: {model: hosted_vllm/x, api_base: "http://one:8000/v1", weight: 2}}
                  - {model_name: a, litellm_params: {model: hosted_vllm/x, api_base: "http://two:8000/v1", rpm: 5}}
                litellm_settings: {drop_params: true}
                """.utf8).write(to: file)
            let taken = try await run(command, in: folder)
            #expect(taken.code == 0)
            #expect(
                taken.errors == """
                    took over 1 route and 2 providers; 1 thing not taken over
                      litellm_settings.drop_params: no counterpart

                    """)
            let ours = folder.appending(path: "refrain.yaml")
            try Data(taken.output.utf8).write(to: ours)
            let checked = try await run(["check-config", ours.path()], in: folder)
            #expect(
                checked.output == """
                    ok: 1 route, 2 providers, 0 tenants
                    route a: weighted
                      hosted_vllm/x: priority 0, weight 2.0
                      hosted_vllm-2/x: priority 0, rpm 5

                    """, "\(checked.errors)")

            let entry = "{model_name: a, litellm_params: {model: x, api_key: sk-hunter2}}"
            try Data("model_list: [\(entry)]".utf8).write(to: file)
            let refused = try await run(command, in: folder)
            #expect(refused.code == 1)
            #expect(refused.output.isEmpty)
            #expect(refused.errors.contains("litellm.yaml: model_list[0].litellm_params.api_key: expected os.environ/"))
            #expect(!refused.errors.contains("hunter2"))
            #expect(try await run(["config", "import", "litellm", "none.yaml"], in: folder).code == 1)
        }

        @Test("Every command explains itself, and refuses what it does not know")
        func help() async throws {
            let folder = try Place.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let commands = [
                [], ["serve"], ["check-config"], ["config", "import", "litellm"], ["cache"], ["cache", "import"],
                ["cache", "export"], ["cache", "lint"], ["cache", "list"], ["cache", "show"], ["cache", "neighbours"],
                ["cache", "stats"], ["cache", "purge"],
                ["mock-provider"],
            ]
            for command in commands {
                let outcome = try await run(command + ["--help"], in: folder)
                #expect(outcome.code == 0)
                #expect(outcome.output.contains("USAGE: "))
                #expect(try await run(command + ["--nothing"], in: folder).code == 64)
            }
        }
    }
}
