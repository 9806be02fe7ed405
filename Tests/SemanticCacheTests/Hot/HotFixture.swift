import GatewayCore
import GatewayTesting
import NIOCore
import SemanticCache

/// A hot tier over a store in memory, with a clock that stands still.
struct HotFixture {
    let clock = SettableClock()
    let base: InMemoryCacheStore
    let store: HookedStore
    let tier: HotTier
    let samples: SampleEntries

    init(staleness: Duration = .seconds(10), byteLimit: Int = 1 << 20, ledger: PurgeLedger? = nil) {
        let clock = clock
        base = InMemoryCacheStore { clock.now }
        store = HookedStore(base)
        samples = SampleEntries(created: clock.now)
        let (origin, start) = (ContinuousClock.now, clock.now)
        tier = HotTier(
            store, byteLimit: byteLimit, staleness: staleness, ledger: ledger, clock: { origin + (clock.now - start) },
            now: { clock.now })
    }

    /// Entry `number` with an answer of so many bytes.
    func entry(_ number: Int, bytes: Int, life: Duration = .seconds(86_400)) -> StoredEntry {
        let answer = ByteBuffer(repeating: UInt8(truncatingIfNeeded: number), count: bytes)
        return samples.entry(number, answer: answer, life: life)
    }

    func load(_ number: Int) async throws -> StoredEntry? {
        try await tier.load(SampleEntries.id(number), in: SampleEntries.partition(1))
    }

    /// Loads an entry and tells whether the store was asked.
    func asksStore(_ number: Int) async throws -> Bool {
        let before = store.loads
        _ = try await load(number)
        return store.loads > before
    }
}
