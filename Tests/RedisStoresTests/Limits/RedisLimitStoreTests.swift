import GatewayCore
import GatewayTesting
import RedisClient
import Routing
import Testing

@testable import RedisStores

@Suite("Limits in Redis", .timeLimit(.minutes(3)))
struct RedisLimitStoreTests {
    @Test("It does what every store of limits must do", arguments: LimitStoreSuite.Guarantee.allCases)
    func conformance(guarantee: LimitStoreSuite.Guarantee) async throws {
        try await withClockedLimits { limits in
            try await limits.suite.verify(guarantee)
            #expect(limits.store.lost == 0)
        }
    }
}
