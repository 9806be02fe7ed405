extension Instruments {
    /// Every metric of Refrain. `docs/operations.md` lists the same ones; a test compares the two.
    package static let definitions: [MetricDefinition] = [
        requests, requestDuration, overhead, stageDuration, cacheMisses, cacheWrites, cacheStaleHits,
        cacheRefreshes, cacheability, shadow, indexWaiting, indexPromoted, tenantBytes, evictions,
        similarity, attempts, firstByte,
        tokens, clientGone, errors, inFlight, redisDegraded, mirrorEntries, encoderMemo, encoderMismatch,
        formerHits, migratedEntries, migrationLeft, l1Lookups, l1Entries, l1Bytes, storedResponses, mirrorLag,
        mirrorRepairs, mirrorMismatches, mirrorResyncs, purges,
        sharing, flights, followers, flightBytes, skippedEntries, audits, promotions,
    ] + routing + deciding

    static let requests = MetricDefinition.counter(
        "refrain_requests_total", "Requests that ended.", labels: ["route", "outcome", "status_class"])
    static let requestDuration = MetricDefinition.histogram(
        "refrain_request_duration_seconds", "From the request's head to the answer's last byte.", labels: ["outcome"])
    static let overhead = MetricDefinition.histogram(
        "refrain_overhead_seconds", "What Refrain added before the answer's first byte.", labels: ["outcome"])
    static let stageDuration = MetricDefinition.histogram(
        "refrain_stage_duration_seconds", "Time in one stage of a request.", labels: ["stage"])
    static let cacheMisses = MetricDefinition.counter(
        "refrain_cache_miss_total", "Requests not answered from the cache, by reason.", labels: ["reason"])
    static let cacheWrites = MetricDefinition.counter(
        "refrain_cache_write_total", "What became of answers that could be stored.", labels: ["outcome"])
    static let cacheStaleHits = MetricDefinition.counter(
        "refrain_cache_stale_hits_total", "Answers from the cache that were not fresh, by how.", labels: ["freshness"])
    static let cacheRefreshes = MetricDefinition.counter(
        "refrain_cache_refreshes_total", "Answers that were to be made anew, by what became of it.",
        labels: ["result"])
    static let cacheability = MetricDefinition.counter(
        "refrain_cacheability_total", "Requests by how far the cache might go, why, and with whom answers are shared.",
        labels: ["class", "reason", "shared_with"])
    static let shadow = MetricDefinition.counter(
        "refrain_cache_shadow_total", "Requests of routes in the shadow, by what would have been served.",
        labels: ["route", "outcome"])
    static let indexWaiting = MetricDefinition.gauge(
        "refrain_index_waiting", "Questions that this replica keeps out of its index until they are asked again.")
    static let indexPromoted = MetricDefinition.counter(
        "refrain_index_promoted_total", "Stored answers that are found by meaning since their question came again.")
    static let tenantBytes = MetricDefinition.gauge(
        "refrain_cache_tenant_bytes", "What a tenant with a quota has stored, by estimate.", labels: ["tenant"])
    static let evictions = MetricDefinition.counter(
        "refrain_cache_evictions_total", "Answers that had to go for their tenant's quota.", labels: ["tenant"])
    static let similarity = MetricDefinition.histogram(
        "refrain_similarity", "Cosine to the entry served, or to the best one not served.", labels: ["kind"],
        buckets: .cosine)
    static let attempts = MetricDefinition.counter(
        "refrain_provider_attempts_total", "Calls of a provider by how they ended.", labels: ["deployment", "result"])
    static let firstByte = MetricDefinition.histogram(
        "refrain_provider_first_byte_seconds", "From a call's start to the head of the provider's answer.",
        labels: ["deployment"])
    static let tokens = MetricDefinition.counter(
        "refrain_tokens_total", "Tokens as providers count them: spent on calls, or replayed from the cache.",
        labels: ["kind"])
    static let clientGone = MetricDefinition.counter(
        "refrain_client_gone_total", "Requests whose client went away before the answer's end.")
    static let errors = MetricDefinition.counter(
        "refrain_errors_total", "Requests that ended in an error of Refrain's own, by code.", labels: ["code"])
    static let inFlight = MetricDefinition.gauge(
        "refrain_requests_in_flight", "Requests being answered now.")
    static let redisDegraded = MetricDefinition.gauge(
        "refrain_redis_degraded", "1 while requests go past Redis because it is slow or gone, otherwise 0.")
    static let encoderMismatch = MetricDefinition.gauge(
        "refrain_encoder_mismatch", "1 while the encoder makes other vectors than when it was first met.")
    static let formerHits = MetricDefinition.counter(
        "refrain_cache_former_hits_total", "Answers found by what the encoder before the present one had made of them.")
    static let migratedEntries = MetricDefinition.counter(
        "refrain_migration_entries_total",
        "Entries of the encoder before the present one that were come upon, by what became of them.",
        labels: ["outcome"])
    static let migrationLeft = MetricDefinition.gauge(
        "refrain_migration_remaining", "Entries in this replica's index that only the encoder before finds.")
    static let mirrorEntries = MetricDefinition.gauge(
        "refrain_mirror_entries", "Entries in this replica's index.")
    static let mirrorLag = MetricDefinition.gauge(
        "refrain_mirror_lag_seconds", "How long after its making the last change was followed by this replica's index.")
    static let mirrorRepairs = MetricDefinition.counter(
        "refrain_mirror_repairs_total", "Entries by which the index was found to differ from Redis.", labels: ["kind"])
    static let mirrorMismatches = MetricDefinition.counter(
        "refrain_mirror_mismatches_total", "Shards of the index whose sums lastingly differed from those in Redis.")
    static let mirrorResyncs = MetricDefinition.counter(
        "refrain_mirror_resyncs_total", "How often the index was read anew because changes were lost.")
    static let purges = MetricDefinition.counter(
        "refrain_cache_purges_total", "Purges acknowledged by this replica, by what they named.", labels: ["by"])
    static let audits = MetricDefinition.counter(
        "refrain_cache_audits_total", "Stored answers that were to be looked into, by what came of it.",
        labels: ["of", "outcome"])
    static let promotions = MetricDefinition.counter(
        "refrain_cache_promotions_total",
        "Questions verified to be answered by an entry, by whether they became another name of it.",
        labels: ["result"])
    static let encoderMemo = MetricDefinition.counter(
        "refrain_encoder_memo_total", "Texts to embed, by whether their vector was still known.", labels: ["result"])
    static let storedResponses = MetricDefinition.counter(
        "refrain_stored_responses_total", "Responses that may be kept, and questions for them, by what became of them.",
        labels: ["result"])
    static let skippedEntries = MetricDefinition.counter(
        "refrain_cache_entries_skipped_total", "Entries in Redis that were passed over, by why.", labels: ["reason"])
    static let l1Lookups = MetricDefinition.counter(
        "refrain_l1_lookups_total", "Lookups in the memory for hot answers, by what was found.", labels: ["result"])
    static let l1Entries = MetricDefinition.gauge(
        "refrain_l1_entries", "Hot answers held in memory.")
    static let sharing = MetricDefinition.counter(
        "refrain_coalescing_total", "Requests for which another's call could be shared, by what came of it.",
        labels: ["result"])
    static let flights = MetricDefinition.gauge(
        "refrain_coalescing_calls", "Calls under way that other requests can share.")
    static let followers = MetricDefinition.gauge(
        "refrain_coalescing_waiting", "Requests that wait for another's call or read its stream.")
    static let flightBytes = MetricDefinition.gauge(
        "refrain_coalescing_bytes", "Memory of streams under way, for those who share them, by estimate.")
    static let l1Bytes = MetricDefinition.gauge(
        "refrain_l1_bytes", "Memory of hot answers, their keys and their bookkeeping, by estimate.")
}
