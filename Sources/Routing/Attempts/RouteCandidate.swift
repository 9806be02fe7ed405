import GatewayCore

/// One target that a request may go to, with what this request would be there.
struct RouteCandidate: Sendable {
    let target: Target
    /// Lower ones first.
    var tier: Int
    let weight: Double
    let limits: Limits
    let profile: ModelProfile?
    let estimate: TokenEstimate
    /// Nano-dollars as estimated; nil when the prices are not known.
    let cost: Int?
}
