import GatewayCore
import GatewayTesting
import SemanticCache
import Testing

@Suite("Answers in memory", .timeLimit(.minutes(1)))
struct InMemoryCacheStoreTests {
    @Test("It does what every store must do", arguments: CacheStoreSuite.Guarantee.allCases)
    func conformance(guarantee: CacheStoreSuite.Guarantee) async throws {
        let clock = SettableClock()
        let store = InMemoryCacheStore { clock.now }
        try await CacheStoreSuite(store: store, feed: store, clock: clock).verify(guarantee)
    }

    @Test("It does what every store of aliases must do", arguments: AliasStoreSuite.Guarantee.allCases)
    func aliases(guarantee: AliasStoreSuite.Guarantee) async throws {
        let clock = SettableClock()
        let store = InMemoryCacheStore { clock.now }
        try await AliasStoreSuite(store: store, feed: store, clock: clock).verify(guarantee)
    }

    @Test("It does what every store of accusations must do", arguments: AccusationStoreSuite.Guarantee.allCases)
    func accusations(guarantee: AccusationStoreSuite.Guarantee) async throws {
        let clock = SettableClock()
        let store = InMemoryCacheStore { clock.now }
        try await AccusationStoreSuite(store: store, feed: store, clock: clock).verify(guarantee)
    }

    @Test("A reader behind the changes that are kept is told of the gap")
    func gap() async throws {
        let store = InMemoryCacheStore(changesLimit: 10)
        let samples = SampleEntries()
        let head = try await store.head()
        for number in 0..<21 { try await store.save(samples.entry(number)) }
        let error = await #expect(throws: CacheStoreError.self) {
            try await store.changes(after: head, wait: .milliseconds(1))
        }
        #expect(error?.code == .gap)
        let behind = FeedPosition(lastSeen: ["11"])
        #expect(try await store.changes(after: behind, wait: .milliseconds(1)).changes.count == 10)
    }
}
