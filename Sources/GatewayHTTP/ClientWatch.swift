import NIOConcurrencyHelpers
import NIOCore
import Pipeline

/// Notices that a client has closed its side, and then closes the connection: nobody waits for what would still be
/// computed. One per connection.
///
/// A client that half-closes after its request counts as gone, as it does for most proxies.
final class ClientWatch: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = NIOAny

    private struct State {
        var isClosed = false
        var watchers: [Int: @Sendable () -> Void] = [:]
        var next = 0
    }

    private let state = NIOLockedValueBox(State())

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            closed()
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        closed()
        context.fireChannelInactive()
    }

    private func closed() {
        let watchers = state.withLockedValue { state in
            state.isClosed = true
            defer { state.watchers = [:] }
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher() }
    }

    /// Calls `watcher` once when the client goes away, at once if it is gone.
    /// - Returns: what ``unwatch(_:)`` takes.
    func watch(_ watcher: @escaping @Sendable () -> Void) -> Int {
        let (id, isClosed) = state.withLockedValue { state in
            state.next += 1
            if !state.isClosed { state.watchers[state.next] = watcher }
            return (state.next, state.isClosed)
        }
        if isClosed { watcher() }
        return id
    }

    func unwatch(_ id: Int) {
        _ = state.withLockedValue { $0.watchers.removeValue(forKey: id) }
    }
}

/// The client at the other end of a connection.
struct ConnectedClient: ClientPresence {
    let channel: any Channel

    func whilePresent<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        let task = Task { await work() }
        let unwatch = await whenGone { task.cancel() }
        defer { unwatch() }
        return await withTaskCancellationHandler { await task.value } onCancel: { task.cancel() }
    }

    func whenGone(_ act: @escaping @Sendable () -> Void) async -> @Sendable () -> Void {
        guard let watch = try? await channel.pipeline.handler(type: ClientWatch.self).get() else {
            // A closed channel has lost its handlers.
            act()
            return {}
        }
        let id = watch.watch(act)
        return { watch.unwatch(id) }
    }
}
