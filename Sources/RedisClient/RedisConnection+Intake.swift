extension RedisConnection {
    /// The calls on their way to one connection: those that wait for the next tick, and how many commands there are
    /// in all, each of a pipeline counted.
    ///
    /// All calls submitted between two ticks leave together, which is what makes pipelining natural: under light
    /// load each call goes alone and at once, under heavy load batches grow by themselves.
    struct Intake {
        /// What to do with a submitted call.
        enum SubmitAction {
            /// Queued; the event loop must be told, it has nothing of ours to do yet.
            case schedule
            /// Queued; a tick is on its way.
            case queued
            case reject(RedisError)
        }

        private var waiting: [RedisCall] = []
        private var outstanding = 0
        private var closeReason: RedisError?
        private let limit: Int

        init(limit: Int) {
            self.limit = limit
        }

        var isOpen: Bool { closeReason == nil }

        mutating func submit(_ call: RedisCall, queueLimit: Int) -> SubmitAction {
            if let closeReason {
                return .reject(RedisError(.unavailable, "not connected: \(closeReason.message)"))
            }
            let count = call.replyCount
            guard count <= min(limit, queueLimit) - outstanding else {
                let message = "\(outstanding) commands wait on this connection, \(count) more pass its limit"
                return .reject(RedisError(.queueFull, message))
            }
            outstanding += count
            waiting.append(call)
            return waiting.count == 1 ? .schedule : .queued
        }

        /// Takes all calls for one write.
        mutating func take() -> [RedisCall] {
            let taken = waiting
            waiting = []
            waiting.reserveCapacity(min(taken.count, 256))
            return taken
        }

        /// `count` commands have left the connection.
        mutating func release(_ count: Int) {
            outstanding -= count
        }

        /// Refuses what comes from now on; returns the calls that were not sent.
        mutating func close(_ reason: RedisError) -> [RedisCall] {
            if closeReason == nil { closeReason = reason }
            return take()
        }
    }
}
