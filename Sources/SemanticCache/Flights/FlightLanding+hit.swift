package import GatewayCore

extension FlightLanding {
    /// Its answer for another request; nil when there is none.
    /// - Parameter similarity: of its question, when that is not the request's own.
    package func hit(similarity: Float?) -> CacheHit? {
        answer.map {
            CacheHit(
                outcome: .coalesced, entry: entry, answer: $0, model: model, usage: usage, age: .zero,
                similarity: similarity)
        }
    }
}

extension CacheHit {
    /// The same, for a request that cannot make it anew.
    package var neverDue: CacheHit {
        CacheHit(
            outcome: outcome, entry: entry, answer: answer, model: model, usage: usage, age: age,
            similarity: similarity, freshness: freshness, created: created)
    }

    /// The same as the answer to another's call.
    package var coalesced: CacheHit {
        CacheHit(
            outcome: .coalesced, entry: entry, answer: answer, model: model, usage: usage, age: age,
            similarity: similarity)
    }
}
