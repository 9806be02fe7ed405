import GatewayCore

extension MemoizingEmbedder {
    /// The memo and the computations under way. Does nothing itself: it says what is to be done after the unlock.
    struct StateMachine {
        /// One computation, for everybody who asked for the same text meanwhile.
        private struct Flight {
            let work: EmbeddingPromise
            var promises: [EmbeddingPromise]
        }

        enum RequestAction {
            case reply(EmbeddingVector)
            /// The computation under way settles the promise.
            case wait
            /// Begin the computation; what it comes to settles the promise.
            case begin(EmbeddingPromise)
        }

        private var memo: EmbeddingMemo
        private var flights: [TextKey: Flight] = [:]
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

        mutating func request(_ key: TextKey, for promise: EmbeddingPromise) -> RequestAction {
            if let vector = recall(key) { return .reply(vector) }
            if flights[key] != nil {
                tally.shared += 1
                flights[key]?.promises.append(promise)
                return .wait
            }
            tally.misses += 1
            let work = EmbeddingPromise()
            flights[key] = Flight(work: work, promises: [promise])
            return .begin(work)
        }

        /// Takes back one caller. Returns the computation to give up when nobody else waits for it.
        mutating func leave(_ key: TextKey, _ promise: EmbeddingPromise) -> EmbeddingPromise? {
            guard var flight = flights[key], let index = flight.promises.firstIndex(where: { $0 === promise }) else {
                return nil
            }
            flight.promises.remove(at: index)
            guard flight.promises.isEmpty else {
                flights[key] = flight
                return nil
            }
            flights[key] = nil
            return flight.work
        }

        /// Ends a flight and returns who waits for it; a vector is kept for the next caller.
        mutating func finish(
            _ work: EmbeddingPromise, _ key: TextKey, _ outcome: EmbeddingPromise.Outcome
        ) -> [EmbeddingPromise] {
            if case .success(let vector) = outcome { memo.insert(key, vector) }
            guard flights[key]?.work === work else { return [] }
            return flights.removeValue(forKey: key)?.promises ?? []
        }
    }
}
