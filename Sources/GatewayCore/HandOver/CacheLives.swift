/// How long a route's answers live, where it does not go by the cache's own rules. A class: most routes have none.
package final class CacheLives: Sendable, Equatable {
    /// Nil for `cache.ttl`.
    package let timeToLive: Duration?
    /// Nil for `cache.soft_ttl`.
    package let softTimeToLive: Duration?
    /// Nil for `cache.stale_if_error`.
    package let staleIfError: Duration?

    package init(timeToLive: Duration?, softTimeToLive: Duration?, staleIfError: Duration?) {
        self.timeToLive = timeToLive
        self.softTimeToLive = softTimeToLive
        self.staleIfError = staleIfError
    }

    package static func == (left: CacheLives, right: CacheLives) -> Bool {
        left.timeToLive == right.timeToLive && left.softTimeToLive == right.softTimeToLive
            && left.staleIfError == right.staleIfError
    }
}
