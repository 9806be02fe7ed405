import GatewayTesting
import SemanticCache
import Testing

@Suite("Moves between encoders in memory", .timeLimit(.minutes(1)))
struct ReembeddingMemoryTests {
    @Test("It does what every store of moves must do", arguments: ReembeddingStoreSuite.Guarantee.allCases)
    func conformance(guarantee: ReembeddingStoreSuite.Guarantee) async throws {
        let store = InMemoryCacheStore()
        try await ReembeddingStoreSuite(ReembeddingMemory(store, stepLimit: 16), over: store).verify(guarantee)
    }
}
