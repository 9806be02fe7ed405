package import GatewayCore
package import SemanticCache

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
    /// Why an answer to exactly this request would not be served.
    package enum ExactRefusal: String, Sendable {
        /// It is past its life: it may only stand in for a provider that fails.
        case stale
        /// The caller wants a fresher one.
        case notFresh = "not_fresh"
    }

    /// Since the answer to exactly this request was made; nil when there is none, or it would not be served.
    package var exactAge: Duration?
    /// Nil also when there is none.
    package var exactRefusal: ExactRefusal?
    /// The store did not answer.
    package var isStoreDown = false
    /// The highest cosine to a stored question; nil when none was looked for.
    package var nearest: Float?
    /// Why the nearest would not be served.
    package var refusal: MissReason?
    /// How sure the best candidate is, where an error budget decides.
    package var confidence: HitConfidence?
    /// The nearest entries, nearest first.
    package var similar: [SimilarPreview.Candidate] = []
    /// What the encoder before would be asked for, where the present one finds nothing; nil where it would not be.
    package var former: SimilarPreview?

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
        writer.member("exact_refused", exactRefusal?.rawValue)
        if let exactAge { writer.member("exact_age_s", Int(exactAge.components.seconds)) }
        writer.member("nearest", rounded: nearest)
        writer.member("nearest_refused", refusal?.rawValue)
        if !similar.isEmpty { writer.objects("similar", of: similar) { Self.write($1, into: &$0) } }
        if let former {
            writer.object("former") { writer in
                writer.member("nearest", rounded: former.best)
                writer.member("nearest_refused", former.refusal?.rawValue)
                writer.objects("similar", of: former.candidates) { Self.write($1, into: &$0) }
            }
        }
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

    private static func write(_ candidate: SimilarPreview.Candidate, into writer: inout JSONWriter) {
        writer.member("entry", candidate.entry.description)
        writer.member("similarity", rounded: candidate.similarity)
        candidate.verdict.write(into: &writer)
        writer.member("refused", orNull: candidate.refusal?.rawValue)
        writer.member("served", candidate.isServed)
        writer.member("age_s", orNull: candidate.age.map { Int($0.components.seconds) })
        writer.member("curated", candidate.isCurated)
    }
}
