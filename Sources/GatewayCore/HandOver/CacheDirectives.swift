/// What the caller said about caching. Callers may only tighten: nothing here lets the cache serve what it would not
/// have served without it.
package struct CacheDirectives: Sendable, Equatable {
    /// `Cache-Control: no-cache`: do not serve from the cache.
    package var skipsLookup = false
    /// `Cache-Control: no-store`: do not store the answer.
    package var skipsWrite = false
    /// `x-refrain-cache-mode: exact`: do not serve a similar question's answer.
    package var isExactOnly = false
    /// `Cache-Control: only-if-cached`: no provider is to be asked.
    package var isOnlyIfCached = false
    /// `Cache-Control: max-age`: the oldest answer that is wanted.
    package var maxAge: Duration?
    /// `Cache-Control: min-fresh`: for how long the answer must still be fresh.
    package var minFresh: Duration?
    /// `Cache-Control: max-stale`: for how long at most it may not have been fresh any more. Shortens what the operator
    /// allows; without it all of that is.
    package var maxStale: Duration?
    /// `Cache-Control: stale-if-error` (RFC 5861, section 4): the same for what stands in for a provider that fails.
    package var staleIfError: Duration?
    /// `x-refrain-cache-ttl`: a shorter life for the new answer.
    package var timeToLive: Duration?
    /// `x-refrain-cache-threshold`: a higher likeness for similar questions.
    package var threshold: Float?
    /// `x-refrain-cache-max-wrong-hits`: wrong hits per hit that the caller allows. The configuration may allow less.
    package var maxWrongHits: Double?

    package init() {}

    /// Whether an answer is as fresh as the caller wants it.
    /// - Parameter freshUntil: from when on it counts as stale (RFC 9111, section 4.2).
    package func accepts(created: UnixTime, freshUntil: UnixTime, now: UnixTime) -> Bool {
        if let maxAge, now - created > maxAge { return false }
        if let minFresh, freshUntil - now < minFresh { return false }
        if let maxStale, now - freshUntil > maxStale { return false }
        return true
    }

    /// The same for an answer that stands in for a provider that fails.
    package func acceptsInstead(created: UnixTime, freshUntil: UnixTime, now: UnixTime) -> Bool {
        if let staleIfError, now - freshUntil > staleIfError { return false }
        return !skipsLookup && accepts(created: created, freshUntil: freshUntil, now: now)
    }
}
