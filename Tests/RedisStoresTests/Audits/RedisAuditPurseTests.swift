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
            let receipts = try await withThrowingTaskGroup(of: AuditReceipt?.self) { group in
                for number in 0..<30 {
                    group.addTask { try await purses[number % 3].take(10, limit: 100) }
                }
                return try await group.reduce(into: [AuditReceipt]()) { if let receipt = $1 { $0.append(receipt) } }
            }
            #expect(receipts.count == 10, "none that is refused stands in the way of another")
            let day = clock.now.milliseconds / 86_400_000
            #expect(try server.cli("GET", "rf:audit:\(day)") == "100")
            let first = try #require(receipts.first)
            await purses[0].correct(first, by: -10)
            #expect(try await purses[1].take(10, limit: 100) != nil)
            #expect(try await purses[2].take(1, limit: 100) == nil)
            let life = try #require(Int(server.cli("TTL", "rf:audit:\(day)")))
            #expect(life > 100_000 && life <= 172_800)
            clock.advance(by: .seconds(86_400))
            #expect(try await purses[2].take(100, limit: 100) != nil, "a new day has a purse of its own")
            await purses[2].correct(first, by: -50)
            #expect(try server.cli("GET", "rf:audit:\(day)") == "50", "what was taken goes back to its own day")
            #expect(try server.cli("GET", "rf:audit:\(day + 1)") == "100")
        }
    }
}
