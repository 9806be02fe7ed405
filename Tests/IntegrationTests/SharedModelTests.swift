import Foundation
import GatewayTesting
import Testing

extension IntegrationTests {
    /// What the model costs each replica of a machine.
    @Suite("The model in memory")
    struct SharedModelTests {
        @Test("The weights are mapped: a replica that has embedded has no page of the file to itself")
        func mapped() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.embedding = GatewaySettings.localEncoder
            let gateway = try await GatewayProcess(settings)
            #expect(try await gateway.ask("Where is it kept?").missReason == "partition_empty")

            let mappings = try Self.mappings(of: "model.safetensors", in: gateway.child.identifier)
            #expect(!mappings.isEmpty)
            for mapping in mappings {
                #expect(mapping["Anonymous"] == 0)
                #expect(mapping["Private_Dirty"] == 0)
                #expect((mapping["Size"] ?? 0) > 0)
            }
        }

        /// The figures of the mappings of a file, in kB, from /proc/pid/smaps (proc(5)).
        private static func mappings(of file: String, in process: Int32) throws -> [[String: Int]] {
            // By a handle: the system gives such files the size 0, and a whole-file read believes it.
            let handle = try FileHandle(forReadingFrom: URL(filePath: "/proc/\(process)/smaps"))
            let text = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
            var mappings: [[String: Int]] = []
            var isInside = false
            for line in text.split(separator: "\n") {
                let fields = line.split(separator: " ")
                guard let first = fields.first else { continue }
                if !first.hasSuffix(":") {
                    isInside = line.hasSuffix(file)
                    if isInside { mappings.append([:]) }
                } else if isInside, fields.count > 1, let number = Int(fields[1]) {
                    mappings[mappings.count - 1][String(first.dropLast())] = number
                }
            }
            return mappings
        }
    }
}
