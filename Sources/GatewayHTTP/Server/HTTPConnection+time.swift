import GatewayCore
import NIOCore

/// The timers of one connection. The idle timer is moved only when it rings, so a request costs none of its own.
struct ConnectionTimers {
    var lastTouch = NIODeadline.now()
    var idle: Scheduled<Void>?
    var body: Scheduled<Void>?

    mutating func touch() { lastTouch = .now() }

    mutating func cancelBody() {
        body?.cancel()
        body = nil
    }

    mutating func cancelAll() {
        cancelBody()
        idle?.cancel()
        idle = nil
    }
}

// MARK: - Time limits

extension HTTPConnection {
    func armIdleTimer(at deadline: NIODeadline) {
        timers.idle?.cancel()
        timers.idle = context?.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.idleTimerRang() }
    }

    /// What passes while an answer is made is not the client's time, unless the client does not read.
    private func idleTimerRang() {
        if case .answering = phase, !output.hasWaitingWriter { timers.touch() }
        let end = timers.lastTouch + TimeAmount(limits.idleTimeout)
        if isOutputClosed { return close() }
        if end <= .now() { return close() }
        armIdleTimer(at: end)
    }

    /// A body is on its way that was not all there at once.
    func armBodyTimer() {
        guard timers.body == nil else { return }
        timers.body = context?.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.bodyTimeout)) {
            guard case .receiving = self.phase else { return }
            self.refuse(GatewayError(.requestTimeout, "the body did not come within \(self.limits.bodyTimeout)"))
        }
    }

    private func close() { context?.close(promise: nil) }
}
