import GatewayCore
import NIOCore
package import SemanticCache

/// What every store of aliases must do. Begin each guarantee with an empty store.
package struct AliasStoreSuite: Sendable {
    private let store: any CacheStore & AliasStore
    private let feed: any CacheChangeFeed
    private let suite: CacheStoreSuite
    private let samples: SampleEntries
    private static let acme = TenantID("acme")

    /// - Parameter clock: the one the store asks for the time; started at the present.
    package init(store: any CacheStore & AliasStore, feed: any CacheChangeFeed, clock: SettableClock) {
        self.store = store
        self.feed = feed
        suite = CacheStoreSuite(store: store, feed: feed, clock: clock)
        samples = SampleEntries(created: clock.now)
    }

    /// The guarantees, by the name that a test shows.
    package enum Guarantee: String, Sendable, CaseIterable, CustomStringConvertible {
        case answers = "An alias is answered with its entry, under the entry's id, and its question is mirrored"
        case diesWithDeletion = "An alias ends when its entry is deleted"
        case diesWithPurge = "An alias ends when its entry is purged, by whatever names it"
        case diesWithAsker = "An alias ends when who asked it is purged, also before it is made; its entry stays"
        case diesWithReplacement = "An alias ends when another answer stands under its entry's id"
        case needsItsEntry = "Nothing becomes an alias of what is gone, was made anew, or is an alias or itself"
        case sparesAnswers = "No answer of the question's own is replaced by an alias"
        case obeysOperators = "What an operator keeps from certain questions gets no alias; other curated answers do"
        case givesWay = "A later answer of the question's own replaces the alias; deleting the alias spares the entry"

        package var description: String { rawValue }
    }

    package func verify(_ guarantee: Guarantee) async throws {
        switch guarantee {
        case .answers: try await answers()
        case .diesWithDeletion: try await dies { try await store.delete($0.id, in: $0.partition) }
        case .diesWithPurge:
            for scope in [PurgeScope.everything, .namespace("web"), .tag("a"), .principal("p1"), .model("gpt")] {
                try await dies { _ in _ = try await store.purge(scope, of: Self.acme) }
            }
        case .diesWithReplacement:
            try await dies { entry in
                let other = samples.entry(1, life: .seconds(1800))
                let replaced = StoredEntry(
                    id: entry.id, partition: entry.partition, question: entry.question, answer: other.answer,
                    model: nil, usage: nil, created: entry.created + .milliseconds(1), expires: entry.expires,
                    vector: entry.vector, labels: entry.labels)
                try await store.save(replaced)
            }
        case .diesWithAsker: try await diesWithAsker()
        case .needsItsEntry: try await needsItsEntry()
        case .sparesAnswers: try await sparesAnswers()
        case .obeysOperators: try await obeysOperators()
        case .givesWay: try await givesWay()
        }
    }

    private func entry(_ number: Int = 1) async throws -> StoredEntry {
        let labels = CacheLabels(
            tenant: Self.acme, namespace: "web", model: "gpt", principal: "p1", tags: ["a"])
        let entry = samples.labelled(number, labels: labels, at: try await store.generation(of: Self.acme))
        try await store.save(entry)
        return entry
    }

    private func alias(_ number: Int, of entry: StoredEntry) -> EntryAlias {
        EntryAlias(
            id: SampleEntries.id(number), partition: entry.partition, question: "Which one is number \(number)?",
            vector: EntryVector(encoder: samples.encoder, embedding: samples.vector(number)), entry: entry.id,
            entryCreated: entry.created, provenance: "right_judge")
    }

    private func promote(_ alias: EntryAlias) async throws -> Bool {
        try await store.promote(alias, of: Self.acme)
    }

    private func load(_ id: EntryID, _ entry: StoredEntry) async throws -> StoredEntry? {
        try await store.load(id, in: entry.partition, of: Self.acme)
    }

    private func answers() async throws {
        let entry = try await entry()
        let alias = alias(2, of: entry)
        let head = try await feed.head()
        try suite.require(try await promote(alias), "it was not made")
        let found = try await load(alias.id, entry)
        try suite.require(found?.id == entry.id && found?.answer == entry.answer, "another answer, or none")
        let changes = try await feed.changes(after: head, wait: .seconds(5)).changes
        try suite.require(changes == [.added(alias.id, alias.partition)], "the log tells \(changes)")
        let mirrored = try await feed.mirrored([(alias.id, alias.partition)], encoder: samples.encoder)
        try suite.require(
            mirrored.first?.question == alias.question && mirrored.first?.expires == entry.expires, "not mirrored")
        let other = try await store.load(alias.id, in: SampleEntries.partition(9), of: Self.acme)
        try suite.require(other == nil, "it is answered to another partition")
    }

    private func dies(_ end: (StoredEntry) async throws -> Void) async throws {
        let entry = try await entry()
        let alias = alias(2, of: entry)
        try suite.require(try await promote(alias), "it was not made")
        try suite.require(try await load(alias.id, entry) != nil, "it is not answered")
        try await end(entry)
        try suite.require(try await load(alias.id, entry) == nil, "it is still answered")
    }

    private func diesWithAsker() async throws {
        let entry = try await entry()
        let asker = CacheLabels(tenant: Self.acme, namespace: "web", model: "gpt", principal: "ann")
        let alias = EntryAlias(
            id: SampleEntries.id(2), partition: entry.partition, question: "q", vector: nil, entry: entry.id,
            entryCreated: entry.created, provenance: "right_judge", labels: EntryLabels(asker),
            generation: try await store.generation(of: Self.acme))
        try suite.require(try await promote(alias), "it was not made")
        _ = try await store.purge(.principal("bob"), of: Self.acme)
        try suite.require(try await load(alias.id, entry) != nil, "another's purge has ended it")
        _ = try await store.purge(.principal("ann"), of: Self.acme)
        try suite.require(try await load(alias.id, entry) == nil, "it is still answered")
        try suite.require(try await !promote(alias), "it was made of what was forgotten")
        try suite.require(try await load(entry.id, entry) != nil, "the entry is gone")
    }

    private func needsItsEntry() async throws {
        let entry = try await entry()
        let alias = alias(2, of: entry)
        let old = EntryAlias(
            id: alias.id, partition: alias.partition, question: alias.question, vector: nil, entry: entry.id,
            entryCreated: entry.created + .milliseconds(-1), provenance: "")
        try suite.require(try await !promote(old), "another answer was verified")
        try suite.require(try await !promote(self.alias(1, of: entry)), "an alias of itself")
        try suite.require(try await promote(alias), "it was not made")
        let second = EntryAlias(
            id: SampleEntries.id(3), partition: entry.partition, question: "", vector: nil, entry: alias.id,
            entryCreated: entry.created, provenance: "")
        try suite.require(try await !promote(second), "an alias of an alias")
        try await store.delete(entry.id, in: entry.partition)
        try suite.require(try await !promote(self.alias(4, of: entry)), "an alias of nothing")
    }

    private func sparesAnswers() async throws {
        let entry = try await entry()
        let own = try await self.entry(2)
        try suite.require(try await !promote(alias(2, of: entry)), "an alias in the place of an answer")
        try suite.require(try await load(own.id, entry)?.id == own.id, "its own answer is not served")
        try await store.delete(own.id, in: own.partition)
        try suite.require(try await promote(alias(2, of: entry)), "it was not made")
        try suite.require(try await promote(alias(2, of: entry)), "it was not made again")
    }

    private func obeysOperators() async throws {
        let entry = try await entry()
        let cases: [(number: Int, distractors: [EmbeddingVector])] = [(3, []), (5, [samples.vector(7)])]
        for (number, distractors) in cases {
            let curated = StoredEntry(
                id: SampleEntries.id(number), partition: entry.partition, question: entry.question,
                answer: entry.answer, model: nil, usage: nil, created: entry.created, expires: entry.expires,
                vector: entry.vector, labels: entry.labels, curation: Curation(answer: "a", distractors: distractors))
            try await store.save(curated)
            let alias = alias(number + 1, of: curated)
            try suite.require(
                try await promote(alias) == distractors.isEmpty, "with \(distractors.count) distractors")
            if distractors.isEmpty {
                try suite.require(try await load(alias.id, entry)?.curation != nil, "it is not the curated answer")
            }
        }
        let own = try await self.entry(4)
        try suite.require(try await load(own.id, entry)?.id == own.id, "its own answer is not served")
    }

    private func givesWay() async throws {
        let entry = try await entry()
        let alias = alias(2, of: entry)
        try suite.require(try await promote(alias), "it was not made")
        try await store.delete(alias.id, in: alias.partition)
        try suite.require(try await load(alias.id, entry) == nil, "the alias is still there")
        try suite.require(try await load(entry.id, entry) != nil, "the entry is gone")
        try suite.require(try await promote(alias), "it was not made again")
        let own = try await self.entry(2)
        try suite.require(try await load(alias.id, entry)?.id == own.id, "its own answer is not served")
    }
}
