package import GatewayCore

/// What a search by similarity came to.
package enum SimilarOutcome: Sendable {
    case hit(CacheHit)
    /// Nothing may be served; `best` is the highest cosine, if it came near the threshold.
    case none(MissReason, best: Float?)
}
