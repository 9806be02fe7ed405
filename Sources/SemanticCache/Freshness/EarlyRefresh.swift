import GatewayCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Decides when an answer is made anew: at its soft expiry, or by chance a little before it, the more likely the nearer
/// that is and the longer it takes. So what is asked for much is new before it is due. Pure but for chance.
///
/// A. Vattani, F. Chierichetti and K. Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", PVLDB 8(8), 2015
/// (XFetch): it is time when now - delta * beta * ln(random) >= expiry, delta being the time it takes, beta 1 as a
/// rule.
struct EarlyRefresh: Sendable {
    /// The formula's beta: above 1 earlier, 0 never before it is due.
    let earliness: Double
    /// Evenly from 0 to 1.
    let random: @Sendable () -> Double

    /// Spares the logarithm for all that is far from due: `-ln(random)` is above it once in 10^17 times.
    private static let farthest = 40.0

    func isTime(_ freshness: EntryFreshness, now: UnixTime) -> Bool {
        guard let due = freshness.due else { return false }
        if now >= due { return true }
        let reach = freshness.took * earliness
        guard reach > .zero, due <= now + reach * Self.farthest else { return false }
        return now + reach * -log(max(random(), .leastNonzeroMagnitude)) >= due
    }
}
