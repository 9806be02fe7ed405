import Foundation
import GatewayTesting
import Testing

extension IntegrationTests {
    /// A gateway whose encoder cannot be read.
    @Suite("Without the encoder")
    struct MissingModelTests {
        /// - Returns: what `/readyz` says of the encoder, after the rest was found to work.
        private func problem(model: URL) async throws -> (problem: String, log: String) {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.embedding = "provider: local, model_dir: \"\(model.path())\""
            // Calls of other replicas would be read as a mirror's log is.
            settings.cache += ", coalescing: process"
            let gateway = try await GatewayProcess(settings)
            let first = try await gateway.ask("Who goes there?")
            #expect(first.cache == "miss")
            #expect(first.missReason == "encoder_off")
            #expect(try await gateway.ask("who goes  there").cache == "hit-exact")
            let ready = try await gateway.readiness()
            #expect(ready.ready)
            #expect(ready.mirrorComplete)
            // Nothing was mirrored: neither the head of a log nor a key was asked for.
            let asked = try redis.cli("INFO", "commandstats")
            #expect(asked.contains("cmdstat_hmget"))
            for command in ["xrevrange", "xread", "scan"] { #expect(!asked.contains("cmdstat_\(command):")) }
            return (ready.encoder, gateway.log)
        }

        @Test("A missing folder is named in the log, not in /readyz; exact hits go on")
        func missing() async throws {
            let folder = try Place.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let (problem, log) = try await problem(model: folder.appending(path: "nowhere"))
            #expect(problem == "failed")
            #expect(log.contains("nowhere"))
            #expect(log.contains("no encoder"))
        }

        @Test(
            "A folder with a damaged file is reported with that file's name",
            arguments: ["model.safetensors", "tokenizer.json", "config.json"])
        func damaged(file: String) async throws {
            let folder = try Place.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            for name in ["model.safetensors", "tokenizer.json", "config.json"] where name != file {
                let whole = URL(filePath: Place.model).appending(path: name)
                try FileManager.default.createSymbolicLink(at: folder.appending(path: name), withDestinationURL: whole)
            }
            try Data("{\"cut".utf8).write(to: folder.appending(path: file))
            let (problem, log) = try await problem(model: folder)
            #expect(problem == "failed")
            #expect(log.contains(file))
        }
    }
}
