import NIOCore

extension RedisChannelHandler {
    /// Who waits for which reply on one connection. Replies carry no name, so the order of the slots is all there
    /// is: a slot leaves only with its last reply, whether or not anybody still waits for it.
    ///
    /// Generic over the request, so that it can be tested with strings.
    struct StateMachine<Request> {
        private struct Slot {
            /// Nil once the caller was failed; the replies are then discarded.
            var request: Request?
            var missingReplies: Int
            let isPipeline: Bool
            let deadline: NIODeadline
        }

        private enum Phase {
            case handshaking(RedisHandshake)
            case open
            case closed
        }

        /// What to do with a request handed in.
        enum EnqueueAction {
            case write
            /// Its time limit has passed: fail it, it was not sent.
            case expire
            /// The connection is closed: fail it, it was not sent.
            case refuse
        }

        /// What to do with a reply.
        enum ReceiveAction {
            /// Nothing yet: the handshake goes on, or the connection is closed.
            case wait
            /// Nothing yet: more replies belong to the same pipeline.
            case more
            case ready
            case deliver(Request, RedisReply)
            /// The command or pipeline is done and nobody waits for it.
            case discard
            case close(RedisError)
        }

        /// What to do when the timer fires.
        struct TimerAction {
            var expired: [Request] = []
            var isStalled = false
        }

        private var phase: Phase
        private var slots = CircularBuffer<Slot>(initialCapacity: 64)
        /// The replies so far to the pipeline at the front.
        private var partial: [RedisReply] = []
        /// Not later than the earliest deadline among the slots.
        private var earliestDeadline = NIODeadline.distantFuture
        private var armedTimer = NIODeadline.distantFuture
        /// When a command timed out first since anything was received.
        private var silentSince: NIODeadline?
        private let stallLimit: TimeAmount

        init(handshake: RedisHandshake, stallLimit: TimeAmount) {
            self.phase = .handshaking(handshake)
            self.stallLimit = stallLimit
        }

        /// How many slots wait for replies, abandoned ones included.
        var slotCount: Int { slots.count }

        mutating func enqueue(
            _ request: Request, replies: Int, isPipeline: Bool, deadline: NIODeadline, now: NIODeadline
        ) -> EnqueueAction {
            guard case .open = phase else { return .refuse }
            guard deadline > now, replies > 0 else { return .expire }
            slots.append(Slot(request: request, missingReplies: replies, isPipeline: isPipeline, deadline: deadline))
            earliestDeadline = min(earliestDeadline, deadline)
            return .write
        }

        /// The server is alive: something came from it.
        mutating func receivedBytes() {
            silentSince = nil
        }

        mutating func receive(_ reply: RedisReply) -> ReceiveAction {
            switch phase {
            case .handshaking(var handshake):
                switch handshake.receive(reply) {
                case .more:
                    phase = .handshaking(handshake)
                    return .wait
                case .done:
                    phase = .open
                    return .ready
                case .failed(let error):
                    phase = .closed
                    return .close(error)
                }
            case .open: return receiveForFront(reply)
            case .closed: return .wait
            }
        }

        private mutating func receiveForFront(_ reply: RedisReply) -> ReceiveAction {
            guard !slots.isEmpty else {
                phase = .closed
                return .close(RedisError(.protocolViolation, "expected no reply; the server sent one unasked"))
            }
            let first = slots.startIndex
            if slots[first].isPipeline, slots[first].request != nil { partial.append(reply) }
            slots[first].missingReplies -= 1
            if slots[first].missingReplies > 0 { return .more }
            let slot = slots.removeFirst()
            defer { partial = [] }
            guard let request = slot.request else { return .discard }
            return .deliver(request, slot.isPipeline ? .array(partial) : reply)
        }

        /// When to set the timer, if it must be set anew. One timer serves all: it is moved only to an earlier time,
        /// so in steady state it is set once per command timeout, not once per command.
        mutating func timerToArm() -> NIODeadline? {
            let due = min(earliestDeadline, silentSince.map { $0 + stallLimit } ?? .distantFuture)
            guard due < armedTimer else { return nil }
            armedTimer = due
            return due
        }

        mutating func timerFired(now: NIODeadline) -> TimerAction {
            armedTimer = .distantFuture
            earliestDeadline = .distantFuture
            var action = TimerAction()
            var index = slots.startIndex
            while index != slots.endIndex {
                if let request = slots[index].request {
                    if slots[index].deadline <= now {
                        action.expired.append(request)
                        slots[index].request = nil
                    } else {
                        earliestDeadline = min(earliestDeadline, slots[index].deadline)
                    }
                }
                index = slots.index(after: index)
            }
            if !action.expired.isEmpty && silentSince == nil { silentSince = now }
            if slots.isEmpty { silentSince = nil }
            action.isStalled = silentSince.map { now >= $0 + stallLimit } ?? false
            return action
        }

        /// Closes; returns the requests nobody will answer any more.
        mutating func close() -> [Request] {
            phase = .closed
            defer { slots.removeAll() }
            partial = []
            earliestDeadline = .distantFuture
            silentSince = nil
            return slots.compactMap { $0.request }
        }
    }
}
