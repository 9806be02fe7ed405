import NIOConcurrencyHelpers

/// Whether the client of a connection is still there. A client that half-closes after its request counts as gone, as
/// it does for most proxies.
final class ClientWatch: Sendable {
    private struct State {
        var isGone = false
        var watchers: [Int: @Sendable () -> Void] = [:]
        var next = 0
    }

    private let state = NIOLockedValueBox(State())

    /// The connection is closed: calls every watcher.
    func gone() {
        let watchers = state.withLockedValue { state in
            state.isGone = true
            defer { state.watchers = [:] }
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher() }
    }

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
