import GatewayCore
import NIOCore
package import SemanticCache

/// What every store must do with accusations. Begin each guarantee with an empty store.
package struct AccusationStoreSuite: Sendable {
    private let store: any CacheStore & AccusationStore & AliasStore
    private let feed: any CacheChangeFeed
    private let suite: CacheStoreSuite
    private let samples: SampleEntries
    private static let acme = TenantID("acme")
    private static let question = SampleEntries.id(2)

    /// - Parameter clock: the one the store asks for the time; started at the present.
    package init(
        store: any CacheStore & AccusationStore & AliasStore, feed: any CacheChangeFeed, clock: SettableClock
    ) {
        self.store = store
        self.feed = feed
        suite = CacheStoreSuite(store: store, feed: feed, clock: clock)
        samples = SampleEntries(created: clock.now)
    }

    /// The guarantees, by the name that a test shows.
    package enum Guarantee: String, Sendable, CaseIterable, CustomStringConvertible {
        case vetoes = "An entry that is called wrong for a question says so, and the log tells of it, once"
        case counts = "The second accuser is known from the first, whoever asks how often; nobody is no accuser"
        case sparesOthers = "Another answer under the same id is not accused, nor one of another partition"
        case outlivesAnswers = "An entry made anew keeps its questions, and its answer has no accuser"
        case endsAliases = "The question's alias ends, and is not made again; the entry stays"
        case reportsCurated = "What an operator wrote is kept from the question, and is said to be curated"
        case isBounded = "Of many questions the last are kept"

        package var description: String { rawValue }
    }

    package func verify(_ guarantee: Guarantee) async throws {
        switch guarantee {
        case .vetoes: try await vetoes()
        case .counts: try await counts()
        case .sparesOthers: try await sparesOthers()
        case .outlivesAnswers: try await outlivesAnswers()
        case .endsAliases: try await endsAliases()
        case .reportsCurated: try await reportsCurated()
        case .isBounded: try await isBounded()
        }
    }

    private func entry(_ number: Int = 1) async throws -> StoredEntry {
        let labels = CacheLabels(tenant: Self.acme, namespace: "web", model: "gpt")
        let entry = samples.labelled(number, labels: labels, at: try await store.generation(of: Self.acme))
        try await store.save(entry)
        return entry
    }

    private func accuse(
        _ entry: StoredEntry, for question: EntryID? = Self.question, by accuser: String? = "ann"
    ) async throws -> AccusationResult {
        let accusation = EntryAccusation(
            entry: entry.id, partition: entry.partition, created: entry.created, question: question,
            accuser: accuser)
        return try await store.accuse(accusation, of: Self.acme)
    }

    private func load(_ id: EntryID, in partition: PartitionID) async throws -> StoredEntry? {
        try await store.load(id, in: partition, of: Self.acme)
    }

    private func vetoes() async throws {
        let entry = try await entry()
        let head = try await feed.head()
        for _ in 0..<2 { try suite.require(try await accuse(entry) == .noted, "it was not noted") }
        let found = try await load(entry.id, in: entry.partition)
        try suite.require(found?.vetoes == [Self.question], "kept from \(found?.vetoes ?? [])")
        try suite.require(found?.answer == entry.answer, "its answer is another one")
        let changes = try await feed.changes(after: head, wait: .seconds(5)).changes
        try suite.require(changes == [.vetoed(entry.id, entry.partition)], "the log tells \(changes)")
    }

    private func counts() async throws {
        let entry = try await entry()
        let steps: [(question: EntryID?, accuser: String?, result: AccusationResult)] = [
            (Self.question, nil, .noted), (nil, "ann", .noted), (nil, nil, .noted), (Self.question, "ann", .noted),
            (SampleEntries.id(3), "ann", .noted), (nil, "bob", .isSecond), (nil, "ann", .noted),
        ]
        for (place, step) in steps.enumerated() {
            let result = try await accuse(entry, for: step.question, by: step.accuser)
            try suite.require(result == step.result, "accusation \(place) came to \(result)")
        }
    }

    private func sparesOthers() async throws {
        let entry = try await entry()
        for (created, partition) in [
            (entry.created + .milliseconds(-1), entry.partition), (entry.created, SampleEntries.partition(9)),
        ] {
            let accusation = EntryAccusation(
                entry: entry.id, partition: partition, created: created, question: Self.question, accuser: "ann")
            try suite.require(try await store.accuse(accusation, of: Self.acme) == .gone, "it was found")
        }
        let found = try await load(entry.id, in: entry.partition)
        try suite.require(found?.vetoes == [], "kept from \(found?.vetoes ?? [])")
        try await store.delete(entry.id, in: entry.partition)
        try suite.require(try await accuse(entry) == .gone, "it was accused after its end")
    }

    private func outlivesAnswers() async throws {
        try suite.require(try await accuse(try await entry()) == .noted, "it was not noted")
        let again = try await entry()
        let found = try await load(again.id, in: again.partition)
        try suite.require(found?.vetoes == [Self.question], "kept from \(found?.vetoes ?? [])")
        try suite.require(try await accuse(again, by: "bob") == .noted, "the answer before was accused by another")
        try await store.delete(again.id, in: again.partition)
        let other = try await entry()
        try suite.require(try await load(other.id, in: other.partition)?.vetoes == [], "vetoes of what was deleted")
    }

    private func endsAliases() async throws {
        let entry = try await entry()
        let alias = EntryAlias(
            id: Self.question, partition: entry.partition, question: "q",
            vector: EntryVector(encoder: samples.encoder, embedding: samples.vector(2)), entry: entry.id,
            entryCreated: entry.created, provenance: "right_judge")
        try suite.require(try await store.promote(alias, of: Self.acme), "it was not made")
        let head = try await feed.head()
        try suite.require(try await accuse(entry) == .noted, "it was not noted")
        try suite.require(try await load(alias.id, in: entry.partition) == nil, "the alias is still there")
        try suite.require(try await load(entry.id, in: entry.partition) != nil, "the entry is gone")
        let changes = try await feed.changes(after: head, wait: .seconds(5)).changes
        try suite.require(changes.contains(.deleted(alias.id, alias.partition)), "the log tells \(changes)")
        try suite.require(try await !store.promote(alias, of: Self.acme), "it was made again")
        let own = try await self.entry(2)
        try suite.require(try await accuse(entry) == .noted, "it was not noted again")
        try suite.require(
            try await load(own.id, in: own.partition)?.id == own.id, "an answer of the question's own has ended")
    }

    private func reportsCurated() async throws {
        let entry = try await entry()
        let curated = StoredEntry(
            id: SampleEntries.id(3), partition: entry.partition, question: entry.question, answer: entry.answer,
            model: nil, usage: nil, created: entry.created, expires: entry.expires, vector: entry.vector,
            labels: entry.labels, curation: Curation(answer: "a", distractors: []))
        try await store.save(curated)
        for accuser in ["ann", "bob"] {
            try suite.require(try await accuse(curated, by: accuser) == .curated, "\(accuser) was not told")
        }
        let found = try await load(curated.id, in: curated.partition)
        try suite.require(found?.vetoes == [Self.question], "kept from \(found?.vetoes ?? [])")
    }

    private func isBounded() async throws {
        let entry = try await entry()
        let questions = (10..<(12 + EntryAccusation.vetoLimit)).map { SampleEntries.id($0) }
        for question in questions { _ = try await accuse(entry, for: question) }
        let found = try await load(entry.id, in: entry.partition)
        try suite.require(
            found?.vetoes == Array(questions.suffix(EntryAccusation.vetoLimit)), "kept from \(found?.vetoes ?? [])")
    }
}
