package import GatewayCore
import NIOConcurrencyHelpers
package import Logging
import ServiceLifecycle
import VectorMath

/// Keeps this replica's index equal to the store: reads everything once, then follows the change log. When the
/// store is away it waits and starts anew; serving goes on meanwhile.
package struct IndexMirror: Service {
    let feed: any CacheChangeFeed
    let index: VectorIndex
    let encoder: EncoderIdentity
    let roster: (any EntryRoster)?
    let rosterInterval: Duration
    let logger: Logger
    private let state: NIOLockedValueBox<MirrorState>
    private let counted = NIOLockedValueBox(MirrorFigures())

    private let sweepInterval: Duration
    /// For how long expired entries stay.
    private let grace: Duration
    private let onChange: @Sendable (CacheChange) -> Void

    /// How long one wait for changes lasts.
    private static let wait: Duration = .seconds(5)
    private static let shortestPause: Duration = .milliseconds(50)
    private static let longestPause: Duration = .seconds(5)

    /// - Parameters:
    ///   - roster: what the store's own scripts know; nil when the index is compared with the entries alone.
    ///   - rosterInterval: the least time between two comparisons with it.
    ///   - sweepInterval: the least time between two searches for expired entries.
    ///   - grace: for how long entries stay beyond their life, to be found where providers fail.
    ///   - onChange: hears each line of the change log, before the index follows it.
    package init(
        feed: any CacheChangeFeed, index: VectorIndex, encoder: EncoderIdentity, logger: Logger,
        roster: (any EntryRoster)? = nil, rosterInterval: Duration = .seconds(60),
        sweepInterval: Duration = .seconds(5), grace: Duration = .zero,
        onChange: @escaping @Sendable (CacheChange) -> Void = { _ in }
    ) {
        self.feed = feed
        self.index = index
        self.encoder = encoder
        self.roster = roster
        self.rosterInterval = rosterInterval
        self.logger = logger
        self.sweepInterval = sweepInterval
        self.grace = grace
        self.onChange = onChange
        self.state = NIOLockedValueBox(.loading)
    }

    /// Whether the index holds everything that was stored when it was built.
    package var isComplete: Bool { state.withLockedValue { $0 == .following } }

    /// For metrics.
    package var figures: MirrorFigures { counted.withLockedValue { $0 } }

    func note(_ change: (inout MirrorFigures) -> Void) { counted.withLockedValue { change(&$0) } }

    /// Runs until shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown { await follow() }
    }

    private func follow() async {
        var pause = Self.shortestPause
        var audit = Audit()
        while !Task.isCancelled {
            do throws(CacheStoreError) {
                var position = try await load()
                var swept = ContinuousClock.now
                while !Task.isCancelled {
                    position = try await advance(from: position)
                    // Only now: a log that cannot be read must not cost a whole scan every few milliseconds.
                    pause = Self.shortestPause
                    if swept.duration(to: .now) >= sweepInterval {
                        index.removeExpired(at: .now() + (.zero - grace))
                        // First what needs to stand at the newest line.
                        try await check(&audit.roster, at: position)
                        try await compare(&audit)
                        swept = .now
                    }
                    // Behind the checks, which need a place that is not stale.
                    if position.oldest != nil { try? await Task.sleep(for: LogBreath.length) }
                }
            } catch {
                if Task.isCancelled { return }
                if error.code == .gap { note { $0.resyncs += 1 } }
                if state.exchange(.waiting) != .waiting {
                    logger.warning("the mirror lost the store and will start anew", metadata: ["reason": "\(error)"])
                }
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    /// Reads all entries, which serve from the moment they are read. The head is taken first, so that what is saved
    /// during the scan is seen behind it.
    /// - Returns: the head. Throws when cancelled midway, with nothing dropped from the index.
    private func load() async throws(CacheStoreError) -> FeedPosition {
        let start = ContinuousClock.now
        let position = try await feed.head()
        // Into an index that was empty there came nothing that could have to be dropped.
        let dropsOthers = index.count > 0
        let kept = NIOLockedValueBox<Set<EntryID>>([])
        let progress = NIOLockedValueBox(LoadProgress(start: start))
        try await feed.load(encoder: encoder) { [index, logger] piece in
            index.add(contentsOf: piece.entries)
            if dropsOthers { kept.withLockedValue { $0.formUnion(piece.entries.lazy.map(\.id)) } }
            if let line = progress.withLockedValue({ $0.advance(by: piece, at: .now) }) { logger.info("\(line)") }
        }
        if dropsOthers { index.removeAll(except: kept.withLockedValue { $0 }) }
        state.withLockedValue { $0 = .following }
        // What the replies of the store took, thread by thread.
        FreedMemory.giveBack()
        logger.info(
            "the mirror is complete",
            metadata: ["entries": "\(index.count)", "seconds": "\((ContinuousClock.now - start) / .seconds(1))"])
        return position
    }

    private func advance(from position: FeedPosition) async throws(CacheStoreError) -> FeedPosition {
        let next = try await follow(from: position)
        // Clocks of store and replica differ; a lag is never negative.
        note { $0.lag = next.oldest.map { max(UnixTime.now() - $0, .zero) } ?? .zero }
        return next
    }

    private func follow(from position: FeedPosition) async throws(CacheStoreError) -> FeedPosition {
        let (changes, next) = try await feed.changes(after: position, wait: Self.wait)
        var added: [EntryID: PartitionID] = [:]
        // In the order of the log: of an entry that was deleted and added again, the last word counts.
        for change in changes {
            onChange(change)
            switch change {
            case .added(let entry, let partition): added[entry] = partition
            case .deleted(let entry, let partition):
                added[entry] = nil
                index.remove(entry, in: partition)
            // The serve check finds out which entries, or questions, it is about.
            case .purged, .vetoed: continue
            }
        }
        guard !added.isEmpty else { return next }
        for entry in try await feed.mirrored(added.map { ($0.key, $0.value) }, encoder: encoder) {
            index.add(entry)
            added[entry.id] = nil
        }
        // Gone again meanwhile, or stored anew without a vector of ours: what was known of them is no longer true.
        for (entry, partition) in added { index.remove(entry, in: partition) }
        return next
    }
}

/// Where a mirror stands.
enum MirrorState: Sendable {
    case loading
    case following
    /// The store is away.
    case waiting
}

extension NIOLockedValueBox {
    /// Sets a new value and returns the old one.
    fileprivate func exchange(_ new: sending Value) -> Value where Value: Sendable {
        withLockedValue { value in
            defer { value = new }
            return value
        }
    }
}
