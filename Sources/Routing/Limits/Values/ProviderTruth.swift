package import GatewayCore

/// What a provider said of its own limits: it overrides our count.
package struct ProviderTruth: Sendable {
    /// What it said of one dimension.
    package struct Reading: Sendable, Equatable {
        package var dimension: LimitDimension
        /// The provider's own limit, where it says so.
        package var limit: Int?
        package var remaining: Int
        /// When its count starts anew, or is full again, from now.
        package var reset: Duration

        package init(_ dimension: LimitDimension, limit: Int? = nil, remaining: Int, reset: Duration) {
            self.dimension = dimension
            self.limit = limit
            self.remaining = remaining
            self.reset = reset
        }
    }

    /// A dimension that must be left alone.
    package struct Block: Sendable, Equatable {
        package var dimension: LimitDimension
        /// From now; at most a day counts.
        package var wait: Duration

        package init(_ dimension: LimitDimension, wait: Duration) {
            self.dimension = dimension
            self.wait = wait
        }
    }

    package var deployment: DeploymentID
    package var limits: Limits
    /// After a 429.
    package var blocks: [Block]
    /// From the headers.
    package var readings: [Reading]
    /// What was reserved during this time before now may not be in the readings yet and is taken off them: the time
    /// a request needs to arrive, or that since the attempt was sent, which is the safe side.
    package var uncounted: Duration

    package init(
        deployment: DeploymentID, limits: Limits, blocks: [Block] = [], readings: [Reading] = [],
        uncounted: Duration = .zero
    ) {
        self.deployment = deployment
        self.limits = limits
        self.blocks = blocks
        self.readings = readings
        self.uncounted = uncounted
    }

    /// No word of a provider counts for longer.
    package static let longestWord: Duration = .seconds(86_400)
}
