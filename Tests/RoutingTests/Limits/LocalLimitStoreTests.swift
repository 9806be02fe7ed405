import GatewayCore
import GatewayTesting
import Testing

@testable import Routing

@Suite("Limits in process")
struct LocalLimitStoreTests {
    @Test("It does what every store of limits must do", arguments: LimitStoreSuite.Guarantee.allCases)
    func conformance(guarantee: LimitStoreSuite.Guarantee) async throws {
        let clock = SettableClock(LimitStoreSuite.start)
        try await LimitStoreSuite(store: LocalLimitStore { clock.now }, clock: clock).verify(guarantee)
    }
}
