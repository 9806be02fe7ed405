/// Where an answer came from. The raw value is the `x-refrain-cache` header and a metric label.
package enum CacheOutcome: String, Sendable, CaseIterable {
    case hitExact = "hit-exact"
    /// Another question's, of which somebody has found out that it answers this one.
    case hitAlias = "hit-alias"
    case hitSemantic = "hit-semantic"
    /// From a call that another request made.
    case coalesced
    /// An answer past its life that stands in for a provider that fails.
    case hitStale = "hit-stale"
    case miss
    case bypass
}

/// Why an answer did not come from the cache. The raw value is the `x-refrain-miss-reason` header and a label.
package enum MissReason: String, Sendable, CaseIterable {
    /// Nothing is stored in this partition.
    case partitionEmpty = "partition_empty"
    /// The best candidate is less similar than the threshold, or not sure enough for the error budget.
    case below
    /// It might have been served; the model is asked to learn whether rightly.
    case explored
    /// The guard found that the most similar question differs in this.
    case guardNumber = "guard:number"
    case guardIdentifier = "guard:identifier"
    case guardNegation = "guard:negation"
    case guardAntonym = "guard:antonym"
    case guardQuantifier = "guard:quantifier"
    case guardDirection = "guard:direction"
    case guardEntity = "guard:entity"
    case guardAsking = "guard:asking"
    case guardReferent = "guard:referent"
    case guardTime = "guard:time"
    case guardFormat = "guard:format"
    case guardLanguage = "guard:language"
    case guardQuoted = "guard:quoted"
    /// The question is nearer to one that the candidate's author wrote down as a different one.
    case distractor
    /// The candidate was called wrong by who got it as the answer to this very question.
    case vetoed
    /// The candidate was gone from Redis when it was to be served.
    case expired
    /// There is an answer, but not as fresh as the caller wants it.
    case notFresh = "not_fresh"
    /// The question is longer than the encoder reads.
    case overWindow = "over_window"
    case encoderOff = "encoder_off"
    case encoderTimeout = "encoder_timeout"
    case encoderFailed = "encoder_failed"
    case encoderOverloaded = "encoder_overloaded"
    /// The encoder makes other vectors than when it was first met.
    case encoderMismatch = "encoder_mismatch"
    /// It is not yet known whether it does.
    case encoderUnchecked = "encoder_unchecked"
    /// Too many searches wait for the scan thread.
    case searchOverloaded = "search_overloaded"
    case storeDown = "store_down"
    /// The request's kind is only ever looked up exactly.
    case exactOnly = "exact_only"
    case notCacheable = "not_cacheable"
    case callerBypass = "caller_bypass"
    case cacheOff = "cache_off"
    /// The route's `cache: off`.
    case routeOff = "route_off"
    /// There was something to serve, and the route's `cache: shadow` serves nothing.
    case shadow
}

/// What became of an answer that could be stored. The raw value is a metric label.
package enum WriteOutcome: String, Sendable, CaseIterable {
    case stored
    /// Another replica had taken over, and its answer is newer; or what was made anew was deleted meanwhile.
    case superseded
    case storeDown = "store_down"
    case notCacheable = "not_cacheable"
    case callerNoStore = "caller_no_store"
    case truncated
    case filtered
    case notFinished = "not_finished"
    case notSuccessful = "not_successful"
    case toolCalls = "tool_calls"
    case empty
    case tooLarge = "too_large"
    case invalidFormat = "invalid_format"
    /// What it is about changes too fast.
    case volatile
    /// What is a person's own, and nobody knows whose.
    case personal
    /// Stored, and found by its own words alone until its question is asked again.
    case storedExact = "stored_exact"
    /// Its tenant's quota has no room for it.
    case overQuota = "over_quota"
    /// Its text is shorter than what is kept.
    case tooShort = "too_short"
    /// It reads like a refusal.
    case refused
    /// The provider did not say what it used.
    case noUsage = "no_usage"
    /// Another model than the route's first gave it.
    case standIn = "stand_in"
}
