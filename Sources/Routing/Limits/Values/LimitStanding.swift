/// How much of one limit is left.
package struct LimitStanding: Sendable, Equatable {
    package let dimension: LimitDimension
    package let limit: Int
    /// Not below zero.
    package let remaining: Int
    /// When all of it would be there again if nothing more were used.
    package let reset: Duration

    package init(dimension: LimitDimension, limit: Int, remaining: Int, reset: Duration) {
        self.dimension = dimension
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
    }
}
