import GatewayCore
import Glibc

/// Gives each session the same target in every replica, and each target its share of the sessions.
///
/// Weighted rendezvous hashing (Schindelhauer and Schomaker 2005): when a target drops out, or a weight changes, only
/// the sessions that must move do.
struct SessionSplit: Sendable {
    let experiment: String

    /// The targets in the session's order of preference.
    func order(_ candidates: [StrategyCandidate], session: UInt64) -> [Int] {
        let costs = candidates.map { candidate in
            candidate.share > 0
                ? -log(Self.fraction(hash(session, candidate.deployment))) / candidate.share : Double.infinity
        }
        return candidates.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
    }

    private func hash(_ session: UInt64, _ deployment: DeploymentID) -> UInt64 {
        var plain = FNV1a(experiment)
        plain.add(0xFF as UInt8)
        for shift in stride(from: UInt64(0), to: 64, by: 8) { plain.add(UInt8(truncatingIfNeeded: session >> shift)) }
        plain.add(deployment.description)
        // SplitMix64's mixer, as the high bits alone are uneven.
        var hash = plain.value
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash >> 31)
    }

    /// Between 0 and 1, never either.
    private static func fraction(_ hash: UInt64) -> Double { (Double(hash >> 11) + 0.5) * 0x1p-53 }
}
