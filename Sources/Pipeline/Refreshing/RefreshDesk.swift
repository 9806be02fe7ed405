import GatewayCore
import NIOConcurrencyHelpers
package import SemanticCache
package import Telemetry

/// Makes answers anew that are due, behind the requests that were served them: each by one replica of the fleet, and by
/// each replica so many at once at most. Owns what is under way, and ends it at shutdown.
package final class RefreshDesk: Sendable {
    private let store: any RefreshStore
    private let recorder: Recorder
    private let timeout: Duration
    private let state: NIOLockedValueBox<StateMachine>

    /// What a lease outlives the work it is for.
    private static let leaseMargin: Duration = .seconds(5)
    /// How long who still sees an answer that was made anew does not ask again: as long as any replica may serve it
    /// from memory.
    private static let donePause: Duration = .seconds(60)

    package init(store: any RefreshStore, rules: FreshnessRules, recorder: Recorder) {
        self.store = store
        self.recorder = recorder
        self.timeout = rules.refreshTimeout
        state = NIOLockedValueBox(StateMachine(limit: rules.refreshLimit))
    }

    /// How long a call for a new answer may take.
    var deadline: Duration { timeout }

    /// Begins to make an answer anew, if nobody does, and comes back at once.
    /// - Parameters:
    ///   - created: of the answer that was served.
    ///   - make: asks for the new one and stores it under the lease; cancelled at shutdown.
    func begin(
        _ entry: EntryID, in partition: PartitionID, seen created: UnixTime,
        _ make: @escaping @Sendable (RefreshLease) async -> RefreshResult
    ) {
        switch state.withLockedValue({ $0.begin(entry, seen: created, at: .now) }) {
        case .none: return
        case .refuse: recorder.refreshed(.busy)
        case .start(let number):
            let task = Task { await self.run(entry, in: partition, seen: created, number: number, make) }
            let isLate = state.withLockedValue { $0.started(number, task) }
            if isLate { task.cancel() }
        }
    }

    /// Runs until it is cancelled, then ends what is under way and waits for that.
    package func run() async {
        // A sleep that only the cancellation ends.
        while (try? await Task.sleep(for: .seconds(3600))) != nil {}
        await shutdown()
    }

    /// Begins nothing any more, ends what is under way and waits for that.
    package func shutdown() async {
        let tasks = state.withLockedValue { $0.close() }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    private func run(
        _ entry: EntryID, in partition: PartitionID, seen created: UnixTime, number: Int,
        _ make: @Sendable (RefreshLease) async -> RefreshResult
    ) async {
        var result = RefreshResult.elsewhere
        var pause = Duration.zero
        var seen: UnixTime?
        do throws(CacheStoreError) {
            switch try await store.claim(entry, in: partition, seen: created, for: timeout + Self.leaseMargin) {
            case .done:
                pause = Self.donePause
                seen = created
            case .held(let left): pause = left
            case .granted(let lease):
                result = await make(lease)
                pause = result.pause
                if !result.isStored { await giveUp(lease, of: entry, in: partition, pause: pause) }
            }
        } catch {
            result = .storeDown
            pause = result.pause
        }
        recorder.refreshed(Task.isCancelled && !result.isStored ? .cancelled : result)
        state.withLockedValue { [seen] in $0.ended(number, entry, StateMachine.Pause(end: .now + pause, seen: seen)) }
    }

    /// In a task of its own, as the caller's may be cancelled: others need not wait for the lease's end.
    private func giveUp(
        _ lease: RefreshLease, of entry: EntryID, in partition: PartitionID, pause: Duration
    ) async {
        let pause = Task.isCancelled ? .zero : pause
        await Task { [store] in
            _ = try? await store.giveUp(lease, of: entry, in: partition, pause: pause)
        }.value
    }
}

extension RefreshResult {
    fileprivate var isStored: Bool {
        switch self {
        case .changed, .unchanged, .uncompared: true
        case .elsewhere, .busy, .failed, .refused, .superseded, .storeDown, .cancelled: false
        }
    }

    /// For how long the next request for the answer does not try again: a provider or a store that is away is not asked
    /// by each of them, and one that is back is soon.
    fileprivate var pause: Duration {
        switch self {
        case .failed, .storeDown: .seconds(2)
        // The next answer to it would not be kept either, as a rule.
        case .refused: .seconds(60)
        case .changed, .unchanged, .uncompared, .elsewhere, .busy, .superseded, .cancelled: .zero
        }
    }
}
