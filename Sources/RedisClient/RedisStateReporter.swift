import NIOCore

/// Turns the changes of single links into changes of the client as a whole, one report each.
///
/// All on one event loop, so that reports come in order and never two at once.
final class RedisStateReporter: Sendable {
    private struct State {
        var connectedLinks: Set<Int> = []
        var last: RedisConnectionState?
    }

    private let eventLoop: any EventLoop
    private let state: NIOLoopBoundBox<State>
    private let report: @Sendable (RedisConnectionState) -> Void

    init(eventLoop: any EventLoop, report: @escaping @Sendable (RedisConnectionState) -> Void) {
        self.eventLoop = eventLoop
        self.report = report
        self.state = NIOLoopBoundBox.makeBoxSendingValue(State(), eventLoop: eventLoop)
    }

    /// Link number `link` is connected if `error` is nil. Any thread.
    func linkChanged(_ link: Int, _ error: RedisError?) {
        eventLoop.execute {
            if let error {
                self.state.value.connectedLinks.remove(link)
                if self.state.value.connectedLinks.isEmpty { self.change(to: .disconnected(error)) }
            } else {
                self.state.value.connectedLinks.insert(link)
                self.change(to: .connected)
            }
        }
    }

    /// Reports unless the last report said as much. While disconnected only a reason that does not pass by itself,
    /// such as a wrong password, is news: each failed attempt must not be a line in somebody's log.
    private func change(to new: RedisConnectionState) {
        switch (state.value.last, new) {
        case (.connected, .connected): return
        case (.disconnected(let before), .disconnected(let after)) where after.isRetriable || before.code == after.code:
            return
        default: break
        }
        state.value.last = new
        report(new)
    }
}
