import Foundation
import GatewayTesting
import Testing

extension IntegrationTests {
    /// Limits that several processes share.
    @Suite("Limits of several processes")
    struct LimitProcessTests {
        @Test("Of 5,000 questions that four processes ask at once against a limit of 100, exactly 100 are granted")
        func burst() async throws {
            let redis = try RedisServer()
            let port = try #require(redis.port)
            let folder = URL(filePath: redis.directory)
            let children = try (0..<4).map { number in
                try ChildProcess(
                    [
                        Place.gateway, "bench", "picks", "--redis", "redis://127.0.0.1:\(port)", "--processes", "4",
                        "--picks", "1250", "--limit", "100",
                    ], name: "burst \(number)", folder: folder)
            }
            for child in children { #expect(try await child.wait() == 0, "\(child.errors)") }
            let granted = children.compactMap { Int($0.output.trimmingCharacters(in: .whitespacesAndNewlines)) }
            #expect(granted.count == 4 && granted.reduce(0, +) == 100, "\(granted)")
        }
    }
}
