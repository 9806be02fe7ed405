/// How an answer from the cache is not fresh. The raw value is the `x-refrain-cache-freshness` header and a metric
/// label.
package enum HitFreshness: String, Sendable, CaseIterable {
    /// Past its soft life: it is served while one replica asks for a new one.
    case due
    /// Past its life: it stands in for a provider that fails.
    case stale
}
