/// By what requests of one session are known, for those that are kept at one target.
package enum SessionSource: String, Sendable, CaseIterable, Comparable {
    /// By nothing: no request is kept anywhere.
    case off
    /// By a name the caller gives: a header, or `prompt_cache_key` or `user` in the body.
    case named
    /// Else by how its prompt begins, if that is long enough for a provider to keep it.
    case prefix

    package static func < (left: SessionSource, right: SessionSource) -> Bool {
        let order = SessionSource.allCases
        return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
    }
}
