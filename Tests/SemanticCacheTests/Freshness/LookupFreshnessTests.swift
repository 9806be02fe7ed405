import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import SemanticCache

@Suite("Looking up what is not fresh", .timeLimit(.minutes(1)))
struct LookupFreshnessTests {
    private let clock = SettableClock(UnixTime(milliseconds: 1_000_000))
    private let samples = SampleEntries(created: UnixTime(milliseconds: 1_000_000))
    private let index = VectorIndex(dimension: 16)
    private let store: InMemoryCacheStore

    init() {
        let clock = clock
        store = InMemoryCacheStore { clock.now }
    }

    /// Made now; due after 40 s, alive for 100 s, kept for 200 s.
    private func add(
        _ number: Int, _ question: String = "What is number 1?", vector: EmbeddingVector? = nil, life: Int64 = 100,
        kept: Int64 = 200, curation: Curation? = nil
    ) async throws {
        let created = UnixTime(milliseconds: 1_000_000)
        let vector = vector ?? samples.vector(1)
        let entry = StoredEntry(
            id: SampleEntries.id(number), partition: SampleEntries.partition(1), question: question,
            answer: ByteBuffer(string: "\(number)"), model: "m", usage: nil, created: created,
            expires: created + .seconds(life), vector: EntryVector(encoder: samples.encoder, embedding: vector),
            curation: curation,
            freshness: EntryFreshness(
                due: created + .seconds(40), kept: created + .seconds(kept), took: .zero, step: 2))
        try await store.save(entry)
        index.add(MirroredEntry(
            id: entry.id, partition: entry.partition, question: question, expires: entry.expires, embedding: vector))
    }

    private func withLookup(
        _ candidates: Int = 4, rules: FreshnessRules = FreshnessRules(), _ body: (CacheLookup) async throws -> Void
    ) async throws {
        let clock = clock
        try await withScanner { scanner in
            try await body(
                CacheLookup(
                    store: store, index: index, scanner: scanner, rule: SimilarityRule(threshold: 0.9),
                    candidates: candidates, freshness: rules) { clock.now })
        }
    }

    private func similar(
        _ lookup: CacheLookup, _ request: AnalyzedRequest, _ question: String = "What is number 1?"
    ) async throws -> (hit: CacheHit?, reason: MissReason?, stale: StaleAnswer?) {
        var stale: StaleAnswer?
        let outcome = try await lookup.findSimilar(request, question: question, embedding: samples.vector(1)) {
            stale = $0
        }
        switch outcome {
        case .hit(let hit): return (hit, nil, stale)
        case .none(let reason, _): return (nil, reason, stale)
        }
    }

    @Test("A hit is fresh, then due and to be made anew, then stale and no hit any more, then gone")
    func course() async throws {
        try await add(1)
        let request = try SampleRequests.request(entry: 1)
        try await withLookup { lookup in
            let fresh = try #require(try await lookup.findExact(request).hit)
            #expect(fresh.freshness == nil && fresh.due == nil)
            clock.advance(by: .seconds(40))
            let due = try #require(try await lookup.findExact(request).hit)
            #expect(due.outcome == .hitExact && due.freshness == .due && due.age == .seconds(40))
            #expect(due.due?.created == UnixTime(milliseconds: 1_000_000) && due.due?.step == 2)
            #expect(due.due?.question == "What is number 1?")
            clock.advance(by: .seconds(60))
            guard case .stale(let stale) = try await lookup.findExact(request) else {
                Issue.record("expected a stale answer")
                return
            }
            let place = try #require(request.place)
            #expect(stale == StaleAnswer(entry: place.entry, partition: place.partition, similarity: nil))
            let standIn = try #require(try await lookup.standIn(stale, for: request))
            #expect(standIn.outcome == .hitStale && standIn.freshness == .stale && standIn.age == .seconds(100))
            #expect(standIn.due == nil)
            clock.advance(by: .seconds(100))
            #expect(try await lookup.standIn(stale, for: request) == nil)
            guard case .none = try await lookup.findExact(request) else {
                Issue.record("expected nothing")
                return
            }
        }
    }

    @Test("What was purged, deleted or made anew since it was found stale does not stand in as it was")
    func changed() async throws {
        try await add(1)
        try await add(2)
        let (first, second) = (try SampleRequests.request(entry: 1), try SampleRequests.request(entry: 2))
        clock.advance(by: .seconds(150))
        try await withLookup { lookup in
            guard case .stale(let one) = try await lookup.findExact(first),
                case .stale(let two) = try await lookup.findExact(second)
            else {
                Issue.record("expected stale answers")
                return
            }
            try await store.save(SampleEntries(created: clock.now).entry(1))
            #expect(try await lookup.standIn(one, for: first)?.outcome == .hitExact)
            _ = try await store.purge(.everything, of: TenantID("default"))
            #expect(try await lookup.standIn(one, for: first) == nil)
            #expect(try await lookup.standIn(two, for: second) == nil)
        }
    }

    @Test("An answer that is older, fresh for less, or stale for longer than the caller wants is no hit", arguments: [
        (Self.wanting(maxAge: 30), true), (Self.wanting(maxAge: 29), false), (Self.wanting(minFresh: 10), true),
        (Self.wanting(minFresh: 11), false), (Self.wanting(maxStale: 0), true), (Self.wanting(ifError: 0), true),
    ])
    func wanted(directives: CacheDirectives, isHit: Bool) async throws {
        try await add(1)
        clock.advance(by: .seconds(30))
        let request = try SampleRequests.request(entry: 1) { $0 = directives }
        try await withLookup { lookup in
            let exact = try await lookup.findExact(request)
            if case .unwanted = exact { #expect(!isHit) } else { #expect(isHit && exact.hit != nil) }
            let found = try await similar(lookup, request)
            #expect(found.hit != nil || found.reason == .notFresh)
            #expect((found.hit != nil) == isHit)
        }
        #expect(index.count == 1)
    }

    @Test("A caller may narrow for how long something may be stale, in place of a failing provider too", arguments: [
        (Self.wanting(), true, true), (Self.wanting(maxStale: 10), true, false),
        (Self.wanting(maxStale: 9), false, false), (Self.wanting(ifError: 70), true, true),
        (Self.wanting(ifError: 69), true, false), (Self.wanting(maxAge: 110), true, true),
        (Self.wanting(maxAge: 109), true, false),
    ])
    func narrowed(directives: CacheDirectives, isServedDue: Bool, standsIn: Bool) async throws {
        try await add(1)
        let request = try SampleRequests.request(entry: 1) { $0 = directives }
        try await withLookup { lookup in
            clock.advance(by: .seconds(50))
            let exact = try await lookup.findExact(request)
            #expect((exact.hit != nil) == isServedDue)
            clock.advance(by: .seconds(60))
            let stale = StaleAnswer(
                entry: SampleEntries.id(1), partition: SampleEntries.partition(1), similarity: nil)
            let standIn = try await lookup.standIn(stale, for: request)
            #expect((standIn != nil) == standsIn)
        }
    }

    /// In seconds.
    private static func wanting(
        maxAge: Int64? = nil, minFresh: Int64? = nil, maxStale: Int64? = nil, ifError: Int64? = nil
    ) -> CacheDirectives {
        var directives = CacheDirectives()
        directives.maxAge = maxAge.map { .seconds($0) }
        directives.minFresh = minFresh.map { .seconds($0) }
        directives.maxStale = maxStale.map { .seconds($0) }
        directives.staleIfError = ifError.map { .seconds($0) }
        return directives
    }

    @Test("A caller's threshold narrows the rule and never widens it")
    func threshold() async throws {
        let near = samples.vector(1).mixed(with: samples.vector(2), share: 0.2)
        try await add(1, vector: near)
        let likeness = Float(cosine(samples.vector(1), near))
        try await withLookup { lookup in
            for (wanted, isHit) in [(nil, true), (0.1, true), (likeness - 0.001, true), (likeness + 0.001, false)]
                as [(Float?, Bool)] {
                let request = try SampleRequests.request(entry: 9) { $0.threshold = wanted }
                let found = try await similar(lookup, request)
                #expect((found.hit != nil) == isHit, "\(String(describing: wanted))")
            }
        }
    }

    @Test("Stale candidates take no living one's place, and the most similar of them is told")
    func crowd() async throws {
        for number in 1...6 {
            let vector = samples.vector(1).mixed(with: samples.vector(2), share: 0.01 * Float(number))
            try await add(number, vector: vector, life: number == 6 ? 150 : 100)
        }
        clock.advance(by: .seconds(120))
        try await withLookup(2) { lookup in
            let found = try await similar(lookup, try SampleRequests.request(entry: 99))
            #expect(found.hit?.entry == SampleEntries.id(6))
            #expect(found.stale?.entry == SampleEntries.id(1))
            clock.advance(by: .seconds(40))
            let later = try await similar(lookup, try SampleRequests.request(entry: 99))
            #expect(later.hit == nil && later.reason == .expired && later.stale?.entry == SampleEntries.id(1))
            #expect((later.stale?.similarity ?? 0) > 0.99)
        }
        #expect(index.count == 6)
    }

    @Test("Another name of an answer is served as long as its own words allow, and is due and stale with the answer")
    func otherName() async throws {
        try await add(1)
        let aliases = [(2, "Which number is 1?"), (3, "What is number 1 right now?")]
        for (number, question) in aliases {
            let alias = EntryAlias(
                id: SampleEntries.id(number), partition: SampleEntries.partition(1), question: question, vector: nil,
                entry: SampleEntries.id(1), entryCreated: UnixTime(milliseconds: 1_000_000), provenance: "right_judge")
            #expect(try await store.promote(alias, of: .open))
        }
        let (lasting, momentary) = (
            try SampleRequests.request(entry: 2, question: aliases[0].1),
            try SampleRequests.request(entry: 3, question: aliases[1].1)
        )
        var rules = FreshnessRules()
        rules.momentaryTimeToLive = .seconds(30)
        try await withLookup(rules: rules) { lookup in
            let named = try #require(try await lookup.findExact(lasting).hit)
            #expect(named.entry == SampleEntries.id(1) && named.outcome == .hitAlias)
            clock.advance(by: .seconds(30))
            #expect(try await lookup.findExact(momentary).hit != nil)
            clock.advance(by: .seconds(10))
            #expect(try await lookup.findExact(momentary).hit == nil)
            let due = try #require(try await lookup.findExact(lasting).hit)
            #expect(due.entry == SampleEntries.id(1) && due.due?.question == "What is number 1?")
            clock.advance(by: .seconds(60))
            guard case .stale(let stale) = try await lookup.findExact(lasting) else {
                Issue.record("expected a stale answer")
                return
            }
            #expect(try await lookup.standIn(stale, for: lasting)?.entry == SampleEntries.id(1))
            try await store.delete(SampleEntries.id(1), in: SampleEntries.partition(1))
            #expect(try await lookup.standIn(stale, for: lasting) == nil)
        }
    }

    @Test("A question about what changes fast is served no old answer of another one")
    func volatile() async throws {
        try await add(1, "What is the exchange rate for number 1?", life: 1000)
        let question = "What is the exchange rate for number 1?"
        let request = try SampleRequests.request(entry: 99)
        clock.advance(by: .seconds(300))
        try await withLookup { lookup in
            let young = try await similar(lookup, request, question)
            #expect(young.hit != nil)
            clock.advance(by: .seconds(1))
            let old = try await similar(lookup, request, question)
            #expect(old.reason == .notFresh)
        }
    }

    private static let volatileQuestion = "What is the exchange rate for number 1?"

    @Test("An operator's answer is served at any age, also to a question about what changes fast")
    func curated() async throws {
        try await add(1, Self.volatileQuestion, life: 100_000, curation: Curation(answer: "a"))
        clock.advance(by: .seconds(10_000))
        try await withLookup { lookup in
            let found = try await similar(lookup, try SampleRequests.request(entry: 99), Self.volatileQuestion)
            #expect(found.hit?.entry == SampleEntries.id(1))
        }
    }

    @Test("What another's call has stored for a similar question is checked as what a search finds")
    func shared() async throws {
        try await add(1, Self.volatileQuestion, life: 1000)
        try await add(2, life: 1000, curation: Curation(answer: "a", distractors: [samples.vector(1)]))
        let request = try SampleRequests.request(entry: 99, question: Self.volatileQuestion)
        try await withLookup { lookup in
            let find = { (number: Int, vector: Int) async throws -> CacheHit? in
                try await lookup.find(
                    SampleEntries.id(number), for: request, similarity: 0.95, embedding: samples.vector(vector))
            }
            let found = try await find(1, 1)
            #expect(found?.outcome == .hitSemantic)
            #expect(try await find(2, 1) == nil)
            #expect(try await find(2, 3)?.similarity == 0.95)
            clock.advance(by: .seconds(301))
            #expect(try await find(1, 1) == nil)
            #expect(try await lookup.find(SampleEntries.id(1), for: request)?.outcome == .hitExact)
        }
    }

    @Test("A similar question's answer stands in unless it is a distractor's, or far too old for what is asked")
    func similarStandIn() async throws {
        try await add(1, Self.volatileQuestion, life: 1000)
        try await add(2, curation: Curation(answer: "a", distractors: [samples.vector(1)]))
        try await add(3, Self.volatileQuestion, life: 250, kept: 1000)
        let request = try SampleRequests.request(entry: 99, question: Self.volatileQuestion)
        let lasting = try SampleRequests.request(entry: 99)
        try await withLookup { lookup in
            let standIn = { (number: Int, vector: Int?, other: AnalyzedRequest) async throws -> CacheOutcome? in
                let stale = StaleAnswer(
                    entry: SampleEntries.id(number), partition: SampleEntries.partition(1), similarity: 0.95)
                return try await lookup.standIn(
                    stale, for: other, embedding: vector.map { samples.vector($0) })?.outcome
            }
            clock.advance(by: .seconds(150))
            let young = try await standIn(1, 1, request)
            #expect(young == .hitSemantic)
            #expect(try await standIn(1, nil, request) == nil)
            #expect(try await standIn(2, 1, request) == nil)
            #expect(try await standIn(2, 3, request) == .hitStale)
            clock.advance(by: .seconds(151))
            #expect(try await standIn(1, 1, request) == nil)
            #expect(try await standIn(3, 1, request) == .hitStale)
            clock.advance(by: .seconds(300))
            #expect(try await standIn(3, 1, request) == nil)
            #expect(try await standIn(3, 1, lasting) == .hitStale)
        }
    }
}
