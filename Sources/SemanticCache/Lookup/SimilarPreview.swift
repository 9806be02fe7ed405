package import GatewayCore

/// What a search by similarity would come to, as far as this replica's index tells.
package struct SimilarPreview: Sendable {
    /// The highest cosine to a stored question; nil when the scan's queue was full.
    package let best: Float?
    /// Why that entry would not be served; nil if it would be, provided the store still has it.
    package let refusal: MissReason?
    /// How sure the best candidate is, where an error budget decides.
    package var confidence: HitConfidence?
}
