import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import SemanticCache

@Suite("Looking answers up", .timeLimit(.minutes(1)))
struct CacheLookupTests {
    private let samples = SampleEntries()
    private let store = InMemoryCacheStore()
    private let index = VectorIndex(dimension: 16)

    /// Stores and mirrors entry `number` to a question, with a vector that is `share` away from vector 0.
    private func add(_ number: Int, _ question: String, share: Float, isStored: Bool = true) async throws {
        let vector = samples.vector(0).mixed(with: samples.vector(1), share: share)
        let entry = StoredEntry(
            id: SampleEntries.id(number), partition: SampleEntries.partition(1), question: question,
            answer: ByteBuffer(string: question), model: "m", usage: nil, created: .now() + .seconds(-30),
            expires: .now() + .seconds(3600), vector: EntryVector(encoder: samples.encoder, embedding: vector))
        if isStored { try await store.save(entry) }
        index.add(MirroredEntry(
            id: entry.id, partition: entry.partition, question: question, expires: entry.expires, embedding: vector))
    }

    private func find(
        _ question: String, threshold: Float = 0.5, candidates: Int = 4, in store: (any CacheStore)? = nil
    ) async throws -> (hit: CacheHit?, reason: MissReason?, best: Float?) {
        let store: any CacheStore = store ?? self.store
        return try await withScanner { scanner in
            let lookup = CacheLookup(
                store: store, index: index, scanner: scanner, rule: SimilarityRule(threshold: threshold),
                candidates: candidates)
            let request = try SampleRequests.request(entry: 99)
            switch try await lookup.findSimilar(request, question: question, embedding: samples.vector(0)) {
            case .hit(let hit): return (hit, nil, hit.similarity)
            case .none(let reason, let best): return (nil, reason, best)
            }
        }
    }

    @Test("Exactly the same request is a hit without any search, with its age")
    func exact() async throws {
        let created = UnixTime(milliseconds: 5_000)
        let store = InMemoryCacheStore { UnixTime(milliseconds: 8_000) }
        try await store.save(SampleEntries(created: created).entry(1))
        let lost = VectorScanner(dimension: 16, queueLimit: 1)
        lost.shutdown()
        let lookup = CacheLookup(
            store: store, index: index, scanner: lost, rule: SimilarityRule(threshold: 0.9), candidates: 4
        ) { UnixTime(milliseconds: 8_000) }
        let hit = try #require(try await lookup.findExact(SampleRequests.request(entry: 1)).hit)
        #expect(hit.outcome == .hitExact && hit.age == .seconds(3) && hit.similarity == nil)
        #expect(hit.answer == ByteBuffer(string: #"{"answer":1}"#) && hit.model == "model-1")
        #expect(try await lookup.findExact(SampleRequests.request(entry: 2)).hit == nil)
        #expect(try await lookup.findExact(SampleRequests.request(entry: 1, partition: 65)).hit == nil)
        index.add(samples.mirrored(1))
        let similar = try await lookup.findSimilar(
            SampleRequests.request(), question: "?", embedding: samples.vector(1))
        guard case .none(.searchOverloaded, best: nil) = similar else {
            Issue.record("a scanner that takes no query must be told apart from a miss: \(similar)")
            return
        }
    }

    @Test("An answer that was called wrong for a question is passed over for that question, and for no other")
    func vetoed() async throws {
        try await add(1, "Where is my package?", share: 0.1)
        try await add(2, "Where's my package?", share: 0.2)
        func accuse(_ number: Int) async throws {
            let partition = SampleEntries.partition(1)
            let entry = try #require(try await store.load(SampleEntries.id(number), in: partition))
            let accusation = EntryAccusation(
                entry: entry.id, partition: partition, created: entry.created, question: SampleEntries.id(99),
                accuser: "ann")
            #expect(try await store.accuse(accusation, of: .open) == .noted)
        }
        #expect(try await find("Where's my package").hit?.entry == SampleEntries.id(1))
        try await accuse(1)
        #expect(try await find("Where's my package").hit?.entry == SampleEntries.id(2))
        try await accuse(2)
        #expect(try await find("Where's my package").reason == .vetoed)
        try await withScanner { scanner in
            let lookup = CacheLookup(
                store: store, index: index, scanner: scanner, rule: SimilarityRule(threshold: 0.5), candidates: 4)
            let other = try await lookup.findSimilar(
                SampleRequests.request(entry: 98), question: "Where's my package", embedding: samples.vector(0))
            guard case .hit(let hit) = other else {
                Issue.record("another question must get it: \(other)")
                return
            }
            #expect(hit.entry == SampleEntries.id(1))
            #expect(try await lookup.findExact(SampleRequests.request(entry: 1)).hit != nil)
            let stale = StaleAnswer(entry: SampleEntries.id(1), partition: SampleEntries.partition(1), similarity: 0.9)
            for (question, mayStandIn) in [(98, true), (99, false)] {
                let request = try SampleRequests.request(entry: question)
                let found = try await lookup.standIn(stale, for: request, embedding: samples.vector(0))
                #expect((found != nil) == mayStandIn)
            }
        }
    }

    @Test("The most similar candidate that passes is served")
    func similar() async throws {
        try await add(1, "Where is my parcel?", share: 0.2)
        try await add(2, "Where is my package?", share: 0.1)
        let found = try await find("Where's my package")
        #expect(found.hit?.entry == SampleEntries.id(2))
        #expect(found.hit?.outcome == .hitSemantic)
        #expect(found.hit?.answer == ByteBuffer(string: "Where is my package?"))
        #expect((found.hit?.age ?? .zero) >= .seconds(30))
    }

    @Test("The threshold itself is enough, the next smaller cosine is not")
    func edge() {
        let rule = SimilarityRule(threshold: 0.93)
        let features = GuardFeatures(text: "Where is my package?")
        #expect(rule.lowestUsefulSimilarity == 0.93)
        #expect(rule.refusal(question: features, candidate: features, similarity: 0.93) == nil)
        #expect(rule.refusal(question: features, candidate: features, similarity: Float(0.93).nextDown) == .below)
        #expect(rule.refusal(question: features, candidate: features, similarity: .nan) == .below)
    }

    @Test("The guard's reasons are told as they are",
          arguments: [
            ("Refund within 30 days?", "Refund within 14 days?", MissReason.guardNumber),
            ("Is it allowed to bring a dog?", "Is it not allowed to bring a dog?", .guardNegation),
            ("What does error E1042 mean?", "What does error E1043 mean?", .guardIdentifier),
          ])
    func vetoes(asked: String, stored: String, reason: MissReason) async throws {
        try await add(1, stored, share: 0)
        let found = try await find(asked)
        #expect(found.hit == nil)
        #expect(found.reason == reason)
        #expect((found.best ?? 0) > 0.99)
    }

    @Test("Behind a vetoed and a vanished candidate the next one is served, and the vanished one is forgotten")
    func cascade() async throws {
        try await add(1, "Refund within 14 days?", share: 0)
        try await add(2, "Refund within 30 days", share: 0.05, isStored: false)
        try await add(3, "Refunds within 30 days?", share: 0.1)
        let found = try await find("Refund within 30 days?")
        #expect(found.hit?.entry == SampleEntries.id(3))
        #expect(index.count == 2)
        let again = try await find("Refund within 30 days?", candidates: 2)
        #expect(again.hit?.entry == SampleEntries.id(3))
    }

    @Test("Only so many candidates are looked at, and the most similar one's refusal is told")
    func candidates() async throws {
        try await add(1, "Is it allowed to bring 14 dogs?", share: 0)
        try await add(2, "Is it not allowed to bring 30 dogs?", share: 0.05)
        try await add(3, "Is it allowed to bring 30 dogs?", share: 0.1)
        let found = try await find("Is it allowed to bring 30 dogs?", candidates: 2)
        #expect(found.hit == nil)
        #expect(found.reason == .guardNumber)
    }

    @Test("A candidate gone from the store is a miss by expiry, and leaves the index")
    func vanished() async throws {
        try await add(1, "Where is my package?", share: 0, isStored: false)
        let found = try await find("Where is my package?")
        #expect(found.reason == .expired)
        #expect(index.count == 0)
        #expect(try await find("Where is my package?").reason == .partitionEmpty)
    }

    @Test("A candidate stored anew just after it was found gone stays in the index")
    func storedAnew() async throws {
        try await add(1, "Where is my package?", share: 0, isStored: false)
        let (index, vector) = (index, samples.vector(0))
        let racing = ScriptedStore(store) {
            index.add(MirroredEntry(
                id: SampleEntries.id(1), partition: SampleEntries.partition(1), question: "Where is my package?",
                expires: .now() + .seconds(7200), embedding: vector))
        }
        #expect(try await find("Where is my package?", in: racing).reason == .expired)
        #expect(index.count == 1)
    }

    @Test("Nothing near enough is `below`, with the best cosine if it was close; no partition is `partition_empty`")
    func misses() async throws {
        #expect(try await find("Where is my package?").reason == .partitionEmpty)
        try await add(1, "Where is my package?", share: 0.9)
        let expected = cosine(samples.vector(0), samples.vector(0).mixed(with: samples.vector(1), share: 0.9))
        let found = try await find("Where is my package?", threshold: 0.999)
        #expect(found.reason == .below && found.best == nil)
        let close = try await find("Where is my package?", threshold: Float(expected) + 0.01)
        #expect(close.reason == .below)
        #expect(abs(Double(close.best ?? -9) - expected) < 1e-5)
    }

    @Test("A store that is away is an error, and nothing is forgotten for it")
    func away() async throws {
        try await add(1, "Where is my package?", share: 0)
        await #expect(throws: CacheStoreError.self) {
            try await find("Where is my package?", in: ScriptedStore(store, isAway: true))
        }
        #expect(index.count == 1)
    }
}
