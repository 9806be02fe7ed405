/// What a similar question's answer must meet to be served.
package enum HitStandard: Sendable, Equatable {
    /// As many as keep this many wrong hits per hit, as far as can be known.
    case budget(Double)
    /// A cosine of at least this much, and nothing that the structural guard refuses.
    case threshold(Float)
    /// None is served.
    case equalOnly
}
