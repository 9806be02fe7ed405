package import GatewayCore

/// What was reserved for one attempt, kept by the one who makes it until it is settled, and renewed until then.
package struct Lease: Sendable {
    /// Which store holds it.
    package enum Holder: Sendable {
        case shared, local
    }

    package let id: LeaseID
    package let deployment: DeploymentID
    /// The limits as they were; they say what is counted.
    package let limits: Limits
    package let scopes: [ScopeLimits]
    package let inputTokens: Int
    package let outputTokens: Int
    package let nanodollars: Int
    /// For how long it holds its places and its money without being renewed.
    package let life: Duration
    /// The second of the store's own clock in which it was reserved.
    package let second: Int
    package let holder: Holder

    /// - Parameter index: which candidate of the request was chosen.
    package init(of request: PickRequest, candidate index: Int, second: Int, holder: Holder) {
        let candidate = request.candidates[index]
        id = request.lease
        deployment = candidate.deployment
        limits = candidate.limits
        scopes = request.scopes
        (inputTokens, outputTokens) = request.tokens(at: candidate)
        nanodollars = Limits.countable(candidate.nanodollars)
        life = max(.zero, min(request.life, PickRequest.longestLife))
        self.second = second
        self.holder = holder
    }
}
