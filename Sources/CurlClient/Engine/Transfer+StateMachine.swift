extension Transfer {
    /// What a transfer may do next. Pure: it is told what happened and answers what to do.
    struct StateMachine {
        enum State: Equatable {
            /// Waiting for the head; `sent` once libcurl had a connection to write the request to.
            case started(sent: Bool)
            /// The head was handed over. Without demand the next piece is not taken.
            case receiving(demand: Bool)
            /// libcurl holds a piece back until the reader has room.
            case paused
            case finished
            case cancelled
        }

        enum HeadAction: Equatable {
            case deliver
            /// Lines behind the head: trailers. Nobody asked for them.
            case ignore
        }

        enum PieceAction: Equatable {
            case accept
            case pause
            case refuse(CurlErrorCode)
        }

        enum Demand: Equatable {
            case more
            case enough
            case gone
        }

        enum ResumeAction: Equatable {
            case unpause
            case nothing
        }

        enum EndAction: Equatable {
            /// The caller still waits for the head.
            case failHead
            /// The body ends well, or with what went wrong.
            case endBody
            case nothing
        }

        private(set) var state = State.started(sent: false)
        private var received = 0
        private let bodyLimit: Int?

        init(bodyLimit: Int?) {
            self.bodyLimit = bodyLimit
        }

        /// Whether a byte of the request may be with the server.
        var requestMayHaveBeenSent: Bool {
            if case .started(sent: false) = state { false } else { true }
        }

        /// Whether the reader holds the transfer back, and so the idle deadline stands still.
        var isPaused: Bool { state == .paused }

        /// A connection is there and the request goes out next.
        mutating func requestLeaves() {
            if case .started = state { state = .started(sent: true) }
        }

        /// The last line of a final response head.
        mutating func headIsComplete() -> HeadAction {
            guard case .started = state else { return .ignore }
            state = .receiving(demand: true)
            return .deliver
        }

        /// libcurl offers a piece of the body; one that is not taken is offered again after the pause.
        mutating func pieceIsOffered(_ count: Int) -> PieceAction {
            switch state {
            case .receiving(demand: true):
                let (sum, overflow) = received.addingReportingOverflow(count)
                if overflow || sum > bodyLimit ?? .max { return .refuse(.bodyTooLarge) }
                received = sum
                return .accept
            case .receiving(demand: false), .paused:
                state = .paused
                return .pause
            case .started: return .refuse(.invalidResponse)
            case .finished, .cancelled: return .refuse(.cancelled)
            }
        }

        /// What the reader's buffer said to the piece.
        mutating func pieceWasDelivered(_ demand: Demand) -> PieceAction {
            switch state {
            case .receiving: break
            // The piece behind it was held back already: the reader's resumption asks for that.
            case .paused: return demand == .gone ? .refuse(.cancelled) : .accept
            case .started, .finished, .cancelled: return .refuse(.cancelled)
            }
            switch demand {
            case .more: state = .receiving(demand: true)
            // Accept this piece and pause at the next: libcurl drops nothing, and the order stays.
            case .enough: state = .receiving(demand: false)
            case .gone: return .refuse(.cancelled)
            }
            return .accept
        }

        /// The reader has room again.
        mutating func resume() -> ResumeAction {
            switch state {
            case .paused:
                state = .receiving(demand: true)
                return .unpause
            case .receiving:
                state = .receiving(demand: true)
                return .nothing
            case .started, .finished, .cancelled: return .nothing
            }
        }

        /// libcurl is done, or a deadline has run out.
        mutating func finish() -> EndAction {
            end(as: .finished)
        }

        /// The caller went away, or the engine shuts down.
        mutating func cancel() -> EndAction {
            end(as: .cancelled)
        }

        private mutating func end(as last: State) -> EndAction {
            defer { if state != .finished, state != .cancelled { state = last } }
            switch state {
            case .started: return .failHead
            case .receiving, .paused: return .endBody
            case .finished, .cancelled: return .nothing
            }
        }
    }
}
