import GatewayCore
import NIOCore
package import SemanticCache

/// What every store of answers and its change feed must do, whatever they keep them in. Each check throws a
/// ``Failure`` that says what was expected and what was found. Begin each with an empty store.
package struct CacheStoreSuite: Sendable {
    /// A guarantee that does not hold.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    let store: any CacheStore
    let feed: any CacheChangeFeed
    let clock: SettableClock
    let samples: SampleEntries

    /// - Parameter clock: the one the store asks for the time; started at the present.
    package init(store: any CacheStore, feed: any CacheChangeFeed, clock: SettableClock) {
        self.store = store
        self.feed = feed
        self.clock = clock
        self.samples = SampleEntries(created: clock.now)
    }

    /// The guarantees, by the name that a test shows.
    package enum Guarantee: String, Sendable, CaseIterable, CustomStringConvertible {
        case keepsWholeEntries = "What is saved is loaded, byte for byte, with all optional fields or none"
        case keepsAnyBytes = "Answers may be empty, binary, Unicode or large"
        case replaces = "The last save of an id counts, and leaves nothing of the one before"
        case keepsLaterLead = "An answer of an earlier lead does not replace that of a later one"
        case deletes = "What was deleted is gone; deleting what is not there is no error"
        case walls = "An id is never answered to another partition, nor deleted through it"
        case expires = "An entry is served until its expiry and not at it"
        case keepsBeyondLife = "An entry is kept beyond its life for as long as it may stand in, with its freshness"
        case purges = "A purge ends what it names and was asked for before, and nothing else"
        case keepsPurged = "What was asked for before a purge is not served when it is stored after it"
        case survivesManySavers = "Of many that save one id at once, one whole entry is left"
        case loadsAll = "A load hands over every entry of this encoder and no other"
        case tellsChanges = "Changes behind a head come in their order, each once, and then none"
        case waitsForChanges = "Waiting ends with the change that comes meanwhile"
        case mirrorsWhatIsThere = "The mirrored part leaves out what is gone and what another encoder made"
        case isCancellable = "A cancelled reader stops waiting at once"

        package var description: String { rawValue }
    }

    package func verify(_ guarantee: Guarantee) async throws {
        switch guarantee {
        case .keepsWholeEntries: try await keepsWholeEntries()
        case .keepsAnyBytes: try await keepsAnyBytes()
        case .replaces: try await replaces()
        case .keepsLaterLead: try await keepsLaterLead()
        case .deletes: try await deletes()
        case .walls: try await walls()
        case .expires: try await expires()
        case .keepsBeyondLife: try await keepsBeyondLife()
        case .purges: try await purges()
        case .keepsPurged: try await keepsPurged()
        case .survivesManySavers: try await survivesManySavers()
        case .loadsAll: try await loadsAll()
        case .tellsChanges: try await tellsChanges()
        case .waitsForChanges: try await waitsForChanges()
        case .mirrorsWhatIsThere: try await mirrorsWhatIsThere()
        case .isCancellable: try await isCancellable()
        }
    }

    func require(_ holds: Bool, _ message: @autoclosure () -> String, line: Int = #line) throws(Failure) {
        if !holds { throw Failure(description: "line \(line): \(message())") }
    }

    /// Checks that `expected` can be loaded, but for its vector and question: those are for mirrors and operators.
    func requireStored(_ expected: StoredEntry, line: Int = #line) async throws {
        let found = try await store.load(expected.id, in: expected.partition)
        try require(found?.answer == expected.answer, "another answer, or none", line: line)
        try require(found?.id == expected.id && found?.partition == expected.partition, "another entry", line: line)
        try require(found?.model == expected.model, "model \(found?.model ?? "nil")", line: line)
        try require(found?.usage == expected.usage, "usage \(String(describing: found?.usage))", line: line)
        try require(found?.created == expected.created && found?.expires == expected.expires, "times", line: line)
    }

    func requireGone(_ entry: StoredEntry, line: Int = #line) async throws {
        let found = try await store.load(entry.id, in: entry.partition)
        try require(found == nil, "entry \(entry.id) is still there", line: line)
    }
}
