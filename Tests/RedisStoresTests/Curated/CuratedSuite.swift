import GatewayCore
import GatewayTesting
import NIOCore
import SemanticCache

@testable import RedisStores

/// What suites about curated answers have in common: one shelf of one tenant.
protocol CuratedSuite {}

extension CuratedSuite {
    var samples: SampleEntries { SampleEntries() }
    /// Whom ``EncodedEntry/seals`` are of.
    var tenant: TenantID { EncodedEntry.tenant }
    var shelf: CuratedShelf {
        CuratedShelf(partition: SampleEntries.partition(3), tenant: tenant, namespace: "n", model: "m")
    }

    func labels(_ tag: String = "t") -> CacheLabels {
        CacheLabels(tenant: tenant, namespace: "n", model: "m", tags: [tag])
    }

    /// With two distractors.
    func curation(of id: String) -> Curation {
        Curation(
            answer: id, distractors: [samples.vector(100), samples.vector(101)],
            encoder: samples.encoder.description)
    }

    /// Puts an answer under questions of these numbers.
    /// - Parameter text: instead of the answer's id.
    func put(
        _ id: String, _ numbers: [Int], digest: String = "d", text: ByteBuffer? = nil, tag: String = "t",
        expires: UnixTime = Curation.forever, in store: RedisCacheStore
    ) async throws -> (entry: EntryID, answer: String)? {
        let generation = try await store.generation(of: tenant)
        let entries = numbers.map { number in
            StoredEntry(
                id: SampleEntries.id(number), partition: shelf.partition, question: "What is number \(number)?",
                answer: text ?? ByteBuffer(string: id), model: "m", usage: nil, created: .now(), expires: expires,
                vector: EntryVector(encoder: samples.encoder, embedding: samples.vector(number)),
                labels: EntryLabels(labels(tag)), generation: generation,
                curation: curation(of: id))
        }
        let record = CuratedRecord(
            id: id, line: ByteBuffer(string: "{\"id\":\"\(id)\"}"), digest: digest, entries: entries.map(\.id),
            labels: EntryLabels(labels(tag)), created: .now(), expires: expires, generation: generation)
        return try await store.put(record, entries, on: shelf)
    }

    func answer(_ number: Int, _ store: RedisCacheStore) async throws -> String? {
        try await store.load(SampleEntries.id(number), in: shelf.partition, of: tenant)
            .map { String(buffer: $0.answer) }
    }

    func stands(
        _ id: String, _ numbers: [Int], digest: String = "d", _ store: RedisCacheStore
    ) async throws -> Bool {
        try await store.stands([(id, digest, numbers.map(SampleEntries.id))], on: shelf) == [true]
    }
}
