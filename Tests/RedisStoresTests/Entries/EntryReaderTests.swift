import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Entries that operators look at", .timeLimit(.minutes(2)))
struct EntryReaderTests {
    @Test("One that is only matched whole is shown, encrypted or not, and by nobody without its key")
    func exactOnly() async throws {
        try await withRedis { _, client in
            for seals in [EntrySeals.none, EncodedEntry.seals] {
                let store = RedisCacheStore(redis: client, codec: EntryCodec(seals: seals))
                let sample = EncodedEntry.sample(answer: EncodedEntry.completion(3_000))
                let bare = StoredEntry(
                    id: sample.id, partition: sample.partition, question: nil, answer: sample.answer,
                    model: sample.model, usage: nil, created: sample.created, expires: sample.expires, vector: nil,
                    labels: sample.labels)
                try await store.save(bare)
                let found = try await RedisEntryCatalog(redis: client, store: store).entry(bare.id)
                #expect(found?.answer == bare.answer)
                #expect(found?.labels == bare.labels)
                let other = RedisCacheStore(
                    redis: client,
                    codec: EntryCodec(
                        seals: EntrySeals(
                            common: nil, tenants: [(EncodedEntry.tenant, Secret("another secret of 32 characters!"))])))
                #expect(try await RedisEntryCatalog(redis: client, store: other).entry(bare.id) == nil)
            }
        }
    }
}
