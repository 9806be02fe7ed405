import NIOConcurrencyHelpers
import NIOCore

/// The open connections of a server, so that it can end them.
final class ConnectionSet: Sendable {
    private struct State {
        var open: [ObjectIdentifier: any Channel] = [:]
        var isQuiescing = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = NIOLockedValueBox(State())

    /// Keeps the connection until it is closed. One that comes when all are asked to end is asked, too.
    func add(_ channel: any Channel) {
        let isQuiescing = state.withLockedValue { state in
            state.open[ObjectIdentifier(channel)] = channel
            return state.isQuiescing
        }
        channel.closeFuture.whenComplete { _ in self.remove(channel) }
        if isQuiescing { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
    }

    /// Asks every connection to end: at once if nothing is asked on it, else with its answer.
    func quiesce() {
        let open = state.withLockedValue { state in
            state.isQuiescing = true
            return Array(state.open.values)
        }
        for channel in open { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
    }

    /// Closes every connection as it is.
    func closeAll() {
        for channel in state.withLockedValue({ Array($0.open.values) }) { channel.close(promise: nil) }
    }

    /// Waits until no connection is open; closes them when the task is cancelled.
    func untilEmpty() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isEmpty = state.withLockedValue { state in
                    if !state.open.isEmpty { state.waiters.append(continuation) }
                    return state.open.isEmpty
                }
                if isEmpty { continuation.resume() }
            }
        } onCancel: {
            closeAll()
        }
    }

    private func remove(_ channel: any Channel) {
        let waiters = state.withLockedValue { state in
            state.open[ObjectIdentifier(channel)] = nil
            guard state.open.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
