import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import SemanticCache

@Suite("What a search would come to", .timeLimit(.minutes(1)))
struct LookupPreviewTests {
    private static let question = "What is number 1?"
    private static let start = UnixTime(milliseconds: 1_000_000)

    private let clock = SettableClock(Self.start)
    private let samples = SampleEntries()
    private let index = VectorIndex(dimension: 16)
    private let store: InMemoryCacheStore

    init() {
        let clock = clock
        store = InMemoryCacheStore { clock.now }
    }

    /// One the further from the question the larger its number is, kept for 1000 s.
    private func add(_ number: Int, life: Int64, isStored: Bool = true, curation: Curation? = nil) async throws {
        let vector = samples.vector(1).mixed(with: samples.vector(2), share: 0.02 * Float(number))
        let entry = StoredEntry(
            id: SampleEntries.id(number), partition: SampleEntries.partition(1), question: Self.question,
            answer: ByteBuffer(string: "\(number)"), model: "m", usage: nil, created: Self.start,
            expires: Self.start + .seconds(life), vector: EntryVector(encoder: samples.encoder, embedding: vector),
            curation: curation, freshness: EntryFreshness(kept: Self.start + .seconds(1000)))
        if isStored { try await store.save(entry) }
        index.add(MirroredEntry(
            id: entry.id, partition: entry.partition, question: Self.question, expires: entry.expires,
            embedding: vector))
    }

    /// Past its life, one whose distractor is the question, one that is gone, and two that may be served.
    private func addAll() async throws {
        try await add(1, life: 100)
        try await add(2, life: 500, curation: Curation(answer: "a", distractors: [samples.vector(1)]))
        try await add(3, life: 500, isStored: false)
        try await add(4, life: 500, curation: Curation(answer: "b"))
        try await add(5, life: 500)
        clock.advance(by: .seconds(120))
    }

    private func withLookup(_ body: (CacheLookup) async throws -> Void) async throws {
        let clock = clock
        try await withScanner { scanner in
            try await body(
                CacheLookup(
                    store: store, index: index, scanner: scanner, rule: SimilarityRule(threshold: 0.5),
                    candidates: 4, desk: DecisionDesk(calibration: .miniLM, draw: { 1 })) { clock.now })
        }
    }

    @Test("Each of the nearest is looked at as a search does, and stays where it is")
    func threshold() async throws {
        try await addAll()
        try await withLookup { lookup in
            let request = try SampleRequests.request(entry: 99)
            let preview = try #require(
                try await lookup.preview(request, question: Self.question, embedding: samples.vector(1)))
            #expect(preview.candidates.map(\.entry) == (1...5).map(SampleEntries.id))
            #expect(preview.candidates.map(\.refusal) == [.expired, .distractor, .expired, nil, nil])
            #expect(preview.candidates.map(\.isServed) == [false, false, false, true, false])
            #expect(preview.candidates.map(\.isCurated) == [false, true, false, true, false])
            let age = Duration.seconds(120)
            #expect(preview.candidates.map(\.age) == [age, age, nil, age, age])
            #expect(preview.refusal == .expired && preview.best == preview.candidates.first?.similarity)
            #expect(index.count == 5)
            let found = try await lookup.findSimilar(
                request, question: Self.question, embedding: samples.vector(1))
            guard case .hit(let hit) = found else {
                Issue.record("expected a hit, found \(found)")
                return
            }
            #expect(hit.entry == SampleEntries.id(4))
        }
    }

    @Test("What the caller does not want is not served either")
    func unwanted() async throws {
        try await add(1, life: 500)
        clock.advance(by: .seconds(120))
        try await withLookup { lookup in
            let request = try SampleRequests.request(entry: 99) { $0.maxAge = .seconds(60) }
            let preview = try await lookup.preview(request, question: Self.question, embedding: samples.vector(1))
            #expect(preview?.refusal == .notFresh && preview?.candidates.first?.isServed == false)
        }
    }

    @Test("Under an error budget it names what a search serves")
    func budget() async throws {
        try await addAll()
        try await withLookup { lookup in
            let request = try SampleRequests.request(entry: 99)
            let space = DecisionSpace(request.labels, route: "m")
            for budget in [0.05, 0.5] {
                let preview = try #require(
                    try await lookup.preview(
                        request, question: Self.question, embedding: samples.vector(1), in: space, budget: budget))
                #expect(index.count == 5)
                #expect(preview.candidates.prefix(3).map(\.refusal) == [.expired, .distractor, .expired])
                let served = preview.candidates.filter(\.isServed).map(\.entry)
                let found = try await lookup.findSimilar(
                    request, question: Self.question, embedding: samples.vector(1), in: space, budget: budget)
                if case .hit(let hit) = found.outcome {
                    #expect(served == [hit.entry])
                } else {
                    #expect(served.isEmpty)
                }
                // A search removes what is gone.
                try await add(3, life: 500, isStored: false)
            }
        }
    }
}
