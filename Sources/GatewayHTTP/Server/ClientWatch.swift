import NIOConcurrencyHelpers

/// Whether the client of a connection is still there. A client that half-closes after its request counts as gone, as
/// it does for most proxies.
final class ClientWatch: Sendable {
    private struct State {
        var isGone = false
        var watchers: [Int: @Sendable () -> Void] = [:]
        var next = 0
        /// The task that answers the client's request.
        var answering: Task<Void, Never>?
        /// Whether that task is to be cancelled.
        var isCancelling = false
    }

    private let state = NIOLockedValueBox(State())

    /// The connection is closed: calls every watcher.
    func gone() {
        let (watchers, task) = state.withLockedValue { state in
            state.isGone = true
            defer { (state.watchers, state.answering) = ([:], nil) }
            return (Array(state.watchers.values), state.isCancelling ? state.answering : nil)
        }
        task?.cancel()
        for watcher in watchers { watcher() }
    }

    /// - Parameter task: answers the client's request from now on; nil when there is none.
    func answers(_ task: Task<Void, Never>?) { state.withLockedValue { $0.answering = task } }

    /// From now on the task that answers is cancelled when the client goes away.
    /// - Returns: whether it is gone: then the task must see to that itself, as it may not be known here yet.
    func beginCancelling() -> Bool {
        state.withLockedValue { state in
            state.isCancelling = true
            return state.isGone
        }
    }

    func endCancelling() { state.withLockedValue { $0.isCancelling = false } }

    /// Calls `act` once when the client goes away, at once if it is gone.
    /// - Returns: what ends the watch.
    func whenGone(_ act: @escaping @Sendable () -> Void) -> @Sendable () -> Void {
        let (id, isGone) = state.withLockedValue { state in
            state.next += 1
            if !state.isGone { state.watchers[state.next] = act }
            return (state.next, state.isGone)
        }
        if isGone { act() }
        return { [state] in _ = state.withLockedValue { $0.watchers.removeValue(forKey: id) } }
    }
}
