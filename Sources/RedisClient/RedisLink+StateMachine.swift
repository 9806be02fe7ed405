extension RedisLink {
    /// Whether a link has a connection, and what becomes of calls meanwhile. Pure, and generic over the connection
    /// and the call for its tests.
    struct StateMachine<Connection: Sendable, Call: Sendable>: Sendable {
        private enum State: Sendable {
            /// Nothing was asked of this link yet.
            case idle
            /// The very first attempt: calls wait for it, because nothing has failed so far.
            case starting([Call])
            /// An attempt after a failure: calls are refused, or each would wait out its time limit in vain.
            case retrying(attempt: Int, RedisError)
            case waiting(attempt: Int, RedisError)
            case connected(Connection)
            case stopped
        }

        enum SubmitAction {
            case send(Connection)
            /// Kept until the first attempt ends.
            case keep(connect: Bool)
            case reject(RedisError)
        }

        enum ConnectedAction {
            case adopt([Call])
            /// The link was stopped meanwhile.
            case close
        }

        /// After a failure: fail these calls, and try again as attempt number `attempt` unless it is nil.
        struct FailureAction {
            var calls: [Call] = []
            var attempt: Int?
        }

        struct StopAction {
            var calls: [Call] = []
            var connection: Connection?
        }

        private var state = State.idle
        private let limit: Int

        init(limit: Int) {
            self.limit = limit
        }

        var isConnected: Bool { if case .connected = state { true } else { false } }

        /// True if the caller must connect now.
        mutating func start() -> Bool {
            guard case .idle = state else { return false }
            state = .starting([])
            return true
        }

        mutating func submit(_ call: Call) -> SubmitAction {
            switch state {
            case .connected(let connection): return .send(connection)
            case .idle:
                state = .starting([call])
                return .keep(connect: true)
            case .starting(var calls):
                guard calls.count < limit else {
                    return .reject(RedisError(.queueFull, "\(calls.count) commands wait for the first connection"))
                }
                state = .stopped  // Takes the array out of the enum, so that appending does not copy it.
                calls.append(call)
                state = .starting(calls)
                return .keep(connect: false)
            case .retrying(_, let error), .waiting(_, let error):
                return .reject(RedisError(.unavailable, "not connected: \(error.message)"))
            case .stopped: return .reject(.shutDown)
            }
        }

        mutating func connected(_ connection: Connection) -> ConnectedAction {
            switch state {
            case .starting(let calls):
                state = .connected(connection)
                return .adopt(calls)
            case .retrying:
                state = .connected(connection)
                return .adopt([])
            case .idle, .waiting, .connected, .stopped: return .close
            }
        }

        /// An attempt failed, or the connection was lost.
        mutating func failed(_ error: RedisError) -> FailureAction {
            switch state {
            case .starting(let calls):
                state = .waiting(attempt: 0, error)
                return FailureAction(calls: calls, attempt: 0)
            case .connected:
                state = .waiting(attempt: 0, error)
                return FailureAction(attempt: 0)
            case .retrying(let attempt, _):
                state = .waiting(attempt: attempt + 1, error)
                return FailureAction(attempt: attempt + 1)
            case .idle, .waiting, .stopped: return FailureAction()
            }
        }

        /// The wait is over; true if the caller must connect now.
        mutating func retry() -> Bool {
            guard case .waiting(let attempt, let error) = state else { return false }
            state = .retrying(attempt: attempt, error)
            return true
        }

        mutating func stop() -> StopAction {
            defer { state = .stopped }
            switch state {
            case .starting(let calls): return StopAction(calls: calls)
            case .connected(let connection): return StopAction(connection: connection)
            case .idle, .retrying, .waiting, .stopped: return StopAction()
            }
        }
    }
}
