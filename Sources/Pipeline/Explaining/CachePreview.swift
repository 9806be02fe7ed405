package import GatewayCore

/// What the cache would do for a request.
package struct CachePreview: Sendable {
    /// Why the cache would be left alone, or nil.
    package var bypass: MissReason?
    package let judgment: CacheJudgment
    /// Whether the route looks up and serves nothing.
    package var isShadow = false
    /// Whether anything is stored behind the request's wall, as far as this replica's index tells.
    package var hasPartition = false
    /// Whether similar questions would be looked for.
    package var isSearched = false
    /// Since the answer to exactly this request was made; nil when there is none.
    package var exactAge: Duration?
    /// The store did not answer.
    package var isStoreDown = false
    /// The highest cosine to a stored question; nil when none was looked for.
    package var nearest: Float?
    /// Why the nearest would not be served.
    package var refusal: MissReason?
    /// How sure the best candidate is, where an error budget decides.
    package var confidence: HitConfidence?

    init(_ judgment: CacheJudgment) { self.judgment = judgment }

    func write(into writer: inout JSONWriter) {
        writer.member("class", judgment.reason.ofClass.rawValue)
        writer.member("reason", judgment.reason.rawValue)
        writer.member("shared_with", judgment.sharing.rawValue)
        writer.member("personal", judgment.personal?.rawValue)
        if isShadow { writer.member("shadow", true) }
        writer.member("bypass", bypass?.rawValue)
        writer.member("partition", hasPartition)
        writer.member("searched_by_meaning", isSearched)
        if isStoreDown {
            writer.null("exact_hit")
        } else {
            writer.member("exact_hit", exactAge != nil)
        }
        if let exactAge { writer.member("exact_age_s", Int(exactAge.components.seconds)) }
        writer.member("nearest", rounded: nearest)
        writer.member("nearest_refused", refusal?.rawValue)
        if let confidence {
            writer.object("decision") { writer in
                writer.member("right", rounded: Float(confidence.right))
                writer.member("right_at_least", rounded: Float(confidence.bound))
                writer.member("score", rounded: Float(confidence.score))
                writer.member("floor", rounded: confidence.floor.map { Float($0) })
                writer.member("max_wrong_hits", rounded: Float(confidence.budget))
            }
        }
    }
}
