import GatewayCore
import GatewayTesting
import SemanticCache
import Testing

@testable import RedisStores

@Suite("The fleet's purse for judges", .timeLimit(.minutes(2)))
struct RedisAuditPurseTests {
    @Test("Replicas take from one purse, never more than the day's limit, and get back what was not used")
    func shared() async throws {
        try await withRedis { server, client in
            let clock = SettableClock()
            let purses = (0..<3).map { _ in RedisAuditPurse(redis: client) { clock.now } }
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<30 {
                    group.addTask { try await purses[number % 3].take(10, limit: 100) }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            // One that is refused may for a moment stand in the way of another: fewer may be taken, never more.
            #expect(taken <= 10 && taken > 0)
            await purses[0].correct(by: -10)
            #expect(try await purses[1].take(10, limit: taken * 10))
            #expect(try await !purses[2].take(1, limit: taken * 10))
            let day = clock.now.milliseconds / 86_400_000
            let life = try #require(Int(server.cli("TTL", "rf:audit:\(day)")))
            #expect(life > 100_000 && life <= 172_800)
            clock.advance(by: .seconds(86_400))
            #expect(try await purses[2].take(100, limit: 100), "a new day has a purse of its own")
        }
    }
}
