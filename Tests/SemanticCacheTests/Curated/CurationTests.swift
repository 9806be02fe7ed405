import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import SemanticCache

@Suite("Curated entries", .timeLimit(.minutes(1)))
struct CurationTests {
    private let samples = SampleEntries()
    private let store = InMemoryCacheStore()
    private let index = VectorIndex(dimension: 16)

    /// A question that is `share` away from vector 0.
    private func vector(_ share: Float) -> EmbeddingVector {
        samples.vector(0).mixed(with: samples.vector(1), share: share)
    }

    private func add(_ number: Int, share: Float, distractors: [Float]) async throws {
        let entry = StoredEntry(
            id: SampleEntries.id(number), partition: SampleEntries.partition(1), question: "How do I pay?",
            answer: ByteBuffer(string: "\(number)"), model: "m", usage: nil, created: .now(),
            expires: Curation.forever, vector: EntryVector(encoder: samples.encoder, embedding: vector(share)),
            curation: Curation(answer: "a\(number)", distractors: distractors.map(vector)))
        try await store.save(entry)
        index.add(MirroredEntry(
            id: entry.id, partition: entry.partition, question: "How do I pay?", expires: entry.expires,
            embedding: vector(share)))
    }

    private func find() async throws -> (entry: EntryID?, reason: MissReason?) {
        try await withScanner { scanner in
            let lookup = CacheLookup(
                store: store, index: index, scanner: scanner, rule: SimilarityRule(threshold: 0.5), candidates: 4)
            let outcome = try await lookup.findSimilar(
                SampleRequests.request(entry: 99), question: "How to pay?", embedding: vector(0))
            switch outcome {
            case .hit(let hit): return (hit.entry, nil)
            case .none(let reason, _): return (nil, reason)
            }
        }
    }

    @Test("A question that is nearer to a distractor is not served; one that is nearer to the entry is")
    func distractors() async throws {
        try await add(1, share: 0.2, distractors: [0.6, 0.3])
        #expect(try await find().entry == SampleEntries.id(1))
        try await add(1, share: 0.2, distractors: [0.6, 0.1])
        let refused = try await find()
        #expect(refused.entry == nil && refused.reason == .distractor)
        // The next candidate is looked at all the same.
        try await add(2, share: 0.3, distractors: [])
        #expect(try await find().entry == SampleEntries.id(2))
    }

    @Test("A distractor of another encoder's length distracts from nothing")
    func otherLength() {
        let curation = Curation(answer: "a", distractors: [EmbeddingVector(unit: [1])])
        #expect(!curation.distracts(samples.vector(0), from: 0))
        // Of another encoder: nothing can be told, so nothing is served.
        let (one, other) = (
            EncoderIdentity(name: "m", fingerprint: "1", dimension: 16),
            EncoderIdentity(name: "m", fingerprint: "2", dimension: 16)
        )
        let far = Curation(answer: "a", distractors: [vector(1)], encoder: one.description)
        #expect(!far.distracts(vector(0), from: 0.999, encoder: one))
        #expect(far.distracts(vector(0), from: 0.999, encoder: other))
        #expect(!Curation(answer: "a", encoder: one.description).distracts(vector(0), from: 0.999, encoder: other))
    }

    @Test("What a provider answered does not take its place while it stands, and does once it is purged")
    func overwriting() async throws {
        try await add(1, share: 0, distractors: [])
        let fresh = samples.entry(1)
        let refusal = await #expect(throws: CacheStoreError.self) { try await store.save(fresh) }
        #expect(refusal?.code == .superseded)
        #expect(try await store.load(fresh.id, in: fresh.partition)?.curation?.answer == "a1")
        _ = try await store.purge(.everything, of: .open)
        try await store.save(fresh)
        let found = try #require(try await store.load(fresh.id, in: fresh.partition))
        #expect(found.curation == nil)
    }

    @Test("Where prompts are not kept the guard's features stand for its question", arguments: [true, false])
    func prompts(areKept: Bool) throws {
        func curated(_ request: AnalyzedRequest) -> StoredEntry? {
            StoredEntry.curated(
                request, answer: SampleRequests.answer(), vector: nil, storesPrompts: areKept, created: .now(),
                expires: Curation.forever, generation: nil, curation: Curation(answer: "a"))
        }
        let (semantic, exactOnly) = (
            try SampleRequests.request(), try SampleRequests.request(cacheability: .exactOnly)
        )
        let entry = try #require(curated(semantic))
        #expect(entry.question == (areKept ? "What is number 1?" : nil))
        #expect(entry.features == (areKept ? nil : GuardFeatures(text: "What is number 1?").encoded))
        let exact = curated(exactOnly)
        #expect(exact != nil && exact?.question == nil && exact?.features == nil)
    }

    @Test("Age does not end it; its tag, its namespace, its model and all do")
    func purges() {
        let labels = CacheLabels(tenant: .open, namespace: "n", model: "m", tags: ["t"])
        var entry = samples.labelled(1, labels: labels, at: CacheGeneration(5))
        entry.curation = Curation(answer: "a")
        func verdict(_ scope: PurgeScope) -> PurgeRecord.Verdict {
            PurgeRecord(ending: scope, at: CacheGeneration(6)).verdict(on: entry)
        }
        #expect(verdict(.before(.now() + .seconds(60))) == .current)
        for scope in [PurgeScope.tag("t"), .namespace("n"), .model("m"), .everything] {
            #expect(verdict(scope) == .purged)
        }
        entry.curation = nil
        #expect(verdict(.before(.now() + .seconds(60))) == .purged)
    }
}
