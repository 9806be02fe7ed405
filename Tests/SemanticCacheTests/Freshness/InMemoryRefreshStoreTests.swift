import GatewayTesting
import SemanticCache
import Testing

@Suite("Leases in memory", .timeLimit(.minutes(1)))
struct InMemoryRefreshStoreTests {
    @Test("It does what every store of leases must do", arguments: RefreshStoreSuite.Guarantee.allCases)
    func conformance(guarantee: RefreshStoreSuite.Guarantee) async throws {
        let store = InMemoryCacheStore()
        try await RefreshStoreSuite(InMemoryRefreshStore(store), over: store).verify(guarantee)
    }
}
