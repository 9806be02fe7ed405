package import GatewayCore
import NIOConcurrencyHelpers
package import Logging
import ServiceLifecycle

/// Keeps this replica's index equal to the store: reads everything once, then follows the change log. When the
/// store is away it waits and starts anew; serving goes on meanwhile.
package struct IndexMirror: Service {
    private let feed: any CacheChangeFeed
    private let index: VectorIndex
    private let encoder: EncoderIdentity
    private let logger: Logger
    private let state: NIOLockedValueBox<MirrorState>

    /// How long one wait for changes lasts; between waits expired entries are dropped.
    private static let wait: Duration = .seconds(5)
    private static let longestPause: Duration = .seconds(5)

    package init(feed: any CacheChangeFeed, index: VectorIndex, encoder: EncoderIdentity, logger: Logger) {
        self.feed = feed
        self.index = index
        self.encoder = encoder
        self.logger = logger
        self.state = NIOLockedValueBox(.loading)
    }

    /// Whether the index holds everything that was stored when it was built.
    package var isComplete: Bool { state.withLockedValue { $0 == .following } }

    /// Runs until shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown { await follow() }
    }

    private func follow() async {
        var pause: Duration = .milliseconds(50)
        while !Task.isCancelled {
            do throws(CacheStoreError) {
                var position = try await load()
                pause = .milliseconds(50)
                while !Task.isCancelled { position = try await advance(from: position) }
            } catch {
                if Task.isCancelled { return }
                if state.exchange(.waiting) != .waiting {
                    logger.warning("the mirror lost the store and will start anew", metadata: ["reason": "\(error)"])
                }
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    /// Reads all entries. The head is taken first, so that what is saved during the scan is seen behind it.
    private func load() async throws(CacheStoreError) -> FeedPosition {
        let start = ContinuousClock.now
        let position = try await feed.head()
        var kept: Set<EntryID> = []
        var cursor: FeedCursor?
        repeat {
            let page = try await feed.page(from: cursor, encoder: encoder)
            for entry in page.entries {
                index.add(entry)
                kept.insert(entry.id)
            }
            cursor = page.next
        } while cursor != nil && !Task.isCancelled
        index.removeAll(except: kept)
        state.withLockedValue { $0 = .following }
        logger.info(
            "the mirror is complete",
            metadata: ["entries": "\(index.count)", "seconds": "\((ContinuousClock.now - start) / .seconds(1))"])
        return position
    }

    private func advance(from position: FeedPosition) async throws(CacheStoreError) -> FeedPosition {
        let (changes, next) = try await feed.changes(after: position, wait: Self.wait)
        if changes.isEmpty { index.removeExpired(at: .now()) }
        var added: [(entry: EntryID, partition: PartitionID)] = []
        // In the order of the log: of an entry that was deleted and added again, the last word counts.
        for change in changes {
            switch change {
            case .added(let entry, let partition): added.append((entry, partition))
            case .deleted(let entry, let partition):
                added.removeAll { $0.entry == entry }
                index.remove(entry, in: partition)
            }
        }
        if !added.isEmpty {
            for entry in try await feed.mirrored(added, encoder: encoder) { index.add(entry) }
        }
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
