import Foundation
import GatewayTesting
import Testing

extension IntegrationTests {
    /// `refrain route export` and `refrain route replay`.
    @Suite("Recorded choices on the command line")
    struct RouteCommandTests {
        private func run(
            _ arguments: [String], in folder: URL
        ) async throws -> (code: Int32, output: String, errors: String) {
            let child = try ChildProcess([Place.gateway, "route"] + arguments, name: "route", folder: folder)
            let code = try await child.wait()
            return (code, child.output, child.errors)
        }

        @Test("What a gateway recorded is exported, and replayed under another configuration")
        func exportAndReplay() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.providers.append(.init(name: "second", port: mock.port))
            settings.routing = "decisions: true"
            let gateway = try await GatewayProcess(settings)
            for question in ["One?", "Two?"] { #expect(try await gateway.ask(question).cache == "miss") }
            let folder = gateway.folder
            let configuration = folder.appending(path: "refrain.yaml").path()
            var lines: [Substring] = []
            try await eventually("both choices are recorded") {
                let export = try await run(["export", "--config", configuration], in: folder)
                #expect(export.code == 0, "\(export.errors)")
                lines = export.output.split(separator: "\n")
                return lines.count == 2
            }
            for line in lines { #expect(line.contains(#""d":"first""#) && line.contains(#""route":"main""#)) }

            settings.routes = [("main", ["second"])]
            let other = folder.appending(path: "other.yaml")
            try Data(settings.yaml.utf8).write(to: other)
            let record = folder.appending(path: "record.jsonl")
            try Data((lines.joined(separator: "\n") + "\nnot a record\n").utf8).write(to: record)
            let replay = try await run(["replay", "--config", other.path(), record.path()], in: folder)
            #expect(replay.code == 0, "\(replay.errors)")
            #expect(replay.output.contains(/requests +2 +2/), "\(replay.output)")
            #expect(replay.output.contains("moved to another target: 2\n  second: 2"), "\(replay.output)")
            #expect(replay.errors.contains("1 lines left out"))
        }

        @Test("Without Redis, or without the file, the commands say what is missing and fail")
        func missing() async throws {
            let redis = try RedisServer()
            let folder = URL(filePath: redis.directory)
            let file = folder.appending(path: "refrain.yaml")
            try Data(try GatewaySettings(redis, provider: 1).yaml.utf8).write(to: file)
            let replay = try await run(["replay", "--config", file.path(), "/nothing/here.jsonl"], in: folder)
            #expect(replay.code != 0 && replay.errors.contains("/nothing/here.jsonl"), "\(replay.errors)")
            redis.kill()
            let export = try await run(["export", "--config", file.path()], in: folder)
            #expect(export.code != 0 && export.errors.contains("Redis does not answer"), "\(export.errors)")
        }
    }
}
