import GatewayCore
import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("Answers under another name", .timeLimit(.minutes(1)))
struct AliasLookupTests {
    private static let question = "What is number 2?"

    private let samples = SampleEntries()
    private let store = InMemoryCacheStore()
    private let index = VectorIndex(dimension: 16)

    /// A lookup over one answer, which question 2 is another name of, here and in the mirror.
    private func withAlias(
        _ standards: HitStandards? = nil, _ body: (CacheLookup) async throws -> Void
    ) async throws {
        let entry = samples.entry(1)
        try await store.save(entry)
        let alias = EntryAlias(
            id: SampleEntries.id(2), partition: entry.partition, question: Self.question,
            vector: EntryVector(encoder: samples.encoder, embedding: samples.vector(2)), entry: entry.id,
            entryCreated: entry.created, provenance: "right_judge")
        #expect(try await store.promote(alias, of: .open))
        index.add(samples.mirrored(2))
        try await withScanner { scanner in
            try await body(
                CacheLookup(
                    store: store, index: index, scanner: scanner, rule: SimilarityRule(threshold: 0.9), candidates: 4,
                    standards: standards))
        }
    }

    private func request(_ change: (inout CacheDirectives) -> Void = { _ in }) throws -> AnalyzedRequest {
        try SampleRequests.request(entry: 2, question: Self.question, change)
    }

    @Test("One is told from the question's own answer, and where none is taken it is found by no name and no likeness")
    func refused() async throws {
        try await withAlias { lookup in
            let hit = try #require(try await lookup.findExact(request()).hit)
            #expect(hit.outcome == .hitAlias && hit.entry == SampleEntries.id(1))
            let own = try SampleRequests.request(entry: 1)
            #expect(try await lookup.findExact(own, takesAliases: false).hit?.outcome == .hitExact)
            guard case .none = try await lookup.findExact(request(), takesAliases: false) else {
                Issue.record("expected nothing")
                return
            }
            for isTaken in [true, false] {
                let found = try await lookup.findSimilar(
                    request(), question: Self.question, embedding: samples.vector(2), takesAliases: isTaken)
                switch found {
                case .hit(let hit): #expect(isTaken && hit.entry == SampleEntries.id(1))
                case .none(let reason, _): #expect(!isTaken && reason == .below)
                }
            }
        }
    }

    @Test("Who wants equal questions' answers, more likeness or fewer wrong ones than usual, gets none")
    func standards() async throws {
        try await withAlias(HitStandards(.budget(0.01))) { lookup in
            let plain = try request()
            #expect(lookup.takesAliases(plain, by: .budget(0.01)) && lookup.takesAliases(plain, by: .budget(0.05)))
            #expect(lookup.takesAliases(plain, by: .threshold(0.9)))
            #expect(!lookup.takesAliases(plain, by: .budget(0.001)) && !lookup.takesAliases(plain, by: .equalOnly))
            let (equal, near) = (try request { $0.isExactOnly = true }, try request { $0.threshold = 0.5 })
            #expect(!lookup.takesAliases(equal, by: .budget(0.01)) && !lookup.takesAliases(near, by: .budget(0.01)))
            let whole = try SampleRequests.request(entry: 2, cacheability: .exactOnly)
            #expect(!lookup.takesAliases(whole, by: .budget(0.01)))
        }
        try await withAlias(HitStandards(.threshold(0.9))) { lookup in
            let plain = try request()
            #expect(lookup.takesAliases(plain, by: .threshold(0.9)) && lookup.takesAliases(plain, by: .threshold(0.8)))
            #expect(!lookup.takesAliases(plain, by: .threshold(0.95)))
        }
    }
}
