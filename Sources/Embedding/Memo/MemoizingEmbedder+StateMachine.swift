import GatewayCore

extension MemoizingEmbedder {
    /// The memo and the computations under way. Does nothing itself: it says what is to be done after the unlock.
    struct StateMachine {
        /// One computation, for everybody who asked for the same text meanwhile.
        private struct Flight {
            let id: Int
            var promises: [EmbeddingPromise]
            var task: Task<Void, Never>?
        }

        enum RequestAction {
            case reply(EmbeddingVector)
            case wait(EmbeddingPromise)
            /// Begin the computation with this id, then wait.
            case begin(flight: Int, EmbeddingPromise)
        }

        private var memo: EmbeddingMemo
        private var flights: [TextKey: Flight] = [:]
        private var lastFlight = 0
        private var tally = MemoCounts()

        init(byteLimit: Int) {
            memo = EmbeddingMemo(byteLimit: byteLimit)
        }

        var counts: MemoCounts {
            var counts = tally
            counts.entries = memo.count
            counts.bytes = memo.byteCount
            return counts
        }

        /// The vector of a text that is remembered. What is not is counted when it is requested.
        mutating func recall(_ key: TextKey) -> EmbeddingVector? {
            guard let vector = memo.find(key) else { return nil }
            tally.hits += 1
            return vector
        }

        mutating func request(_ key: TextKey) -> RequestAction {
            if let vector = recall(key) { return .reply(vector) }
            let promise = EmbeddingPromise()
            if flights[key] != nil {
                tally.shared += 1
                flights[key]?.promises.append(promise)
                return .wait(promise)
            }
            tally.misses += 1
            lastFlight += 1
            flights[key] = Flight(id: lastFlight, promises: [promise], task: nil)
            return .begin(flight: lastFlight, promise)
        }

        /// Notes the task of a flight. False when the flight is over or was given up, and the task is not needed.
        mutating func attach(_ task: Task<Void, Never>, to flight: Int, _ key: TextKey) -> Bool {
            guard flights[key]?.id == flight else { return false }
            flights[key]?.task = task
            return true
        }

        /// Takes back one caller. Returns the task to cancel when nobody else waits for it.
        mutating func leave(_ key: TextKey, _ promise: EmbeddingPromise) -> Task<Void, Never>? {
            guard var flight = flights[key], let index = flight.promises.firstIndex(where: { $0 === promise }) else {
                return nil
            }
            flight.promises.remove(at: index)
            guard flight.promises.isEmpty else {
                flights[key] = flight
                return nil
            }
            flights[key] = nil
            return flight.task
        }

        /// Ends a flight and returns who waits for it; a vector is kept for the next caller.
        mutating func finish(_ flight: Int, _ key: TextKey, _ outcome: EmbeddingPromise.Outcome) -> [EmbeddingPromise] {
            if case .success(let vector) = outcome { memo.insert(key, vector) }
            guard flights[key]?.id == flight else { return [] }
            return flights.removeValue(forKey: key)?.promises ?? []
        }
    }
}
