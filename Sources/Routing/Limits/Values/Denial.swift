/// Why there is no room.
package struct Denial: Sendable, Equatable {
    /// Who refused.
    package enum Cause: Sendable, Equatable {
        /// A limit of one of the caller's scopes.
        case scope(LimitScope)
        /// As many calls of the scope are under way as it may have.
        case concurrency(LimitScope)
        /// Every candidate costs more than is left.
        case budget(LimitScope, HardBudget.Period)
        /// No candidate has room; the rest tells of the one that has room first.
        case upstream
    }

    package let cause: Cause
    /// Nil for money and calls under way.
    package let dimension: LimitDimension?
    /// Nil where a provider's word or its block counts, not a limit of ours.
    package let limit: Int?
    package let used: Int
    /// After this the same request has room unless others come first; nil when it never will, as one that is larger
    /// than the limit. For calls under way it is a guess: one may end at any time.
    package let retryAfter: Duration?

    package init(cause: Cause, dimension: LimitDimension?, limit: Int?, used: Int, retryAfter: Duration?) {
        self.cause = cause
        self.dimension = dimension
        self.limit = limit
        self.used = used
        self.retryAfter = retryAfter
    }

    /// What is waited for an end of a call under way before asking again.
    package static let concurrencyWait: Duration = .seconds(1)
}
