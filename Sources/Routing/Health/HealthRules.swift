#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The rules by which targets are left and taken back. Milliseconds, as the script in Redis is told the same numbers.
package struct HealthRules: Sendable, Equatable {
    /// Two hard failures this near to each other open a target that has little traffic.
    package var pairMilliseconds: Int64 = 120_000
    /// From this many requests in a minute on, the ratio decides and a pair is no longer enough.
    package var ratioMinimum: Int64 = 20
    /// Failures per thousand requests of the last minute that open a target.
    package var ratioPerMille: Int64 = 100
    /// The share of calls that fail at a broken target, and at one that is well: what a failure adds to the evidence of
    /// a break, and a good answer takes away, are the log-likelihood ratios of the first against the second (cumulative
    /// sum test; Page, Biometrika 41, 1954). A minute's ratio alone would leave a busy target six seconds after it
    /// stopped to answer.
    package var brokenShare = 0.35
    package var wellShare = 0.03
    /// From this many earlier calls of a minute on, a target that failed more often than `wellShare` in them is held to
    /// its own share, up to `mostUsualShare`.
    package var usualMinimum: Int64 = 200
    package var mostUsualShare = 0.1
    /// Four failures in a row reach it, three do not; a target that fails in 1 % does once in millions of calls.
    package var evidenceLimit = 9.4
    /// From this part of the limit on replicas tell each other every `suspicionPause`, for `suspicionLife` behind the
    /// last failure: so that all of them leave together, and answers count as soon as failures do.
    package var suspicionPerMille: Int64 = 400
    package var suspicionPause: Duration = .milliseconds(40)
    package var suspicionLifeMilliseconds: Int64 = 2_000
    /// How long a target is left alone the first time; each further time in a row twice as long.
    package var firstOpenMilliseconds: Int64 = 10_000
    package var longestOpenMilliseconds: Int64 = 300_000
    /// A target that opens again within this time after it was taken back was not well: its open time goes on to grow.
    package var relapseMilliseconds: Int64 = 60_000
    /// After a refused key nothing is sent for this long, then one probe.
    package var disabledMilliseconds: Int64 = 3_600_000
    /// A probe that has not reported by then is given up, and another one may be sent.
    package var leaseMilliseconds: Int64 = 30_000
    /// How long a 429 that does not say for how long keeps a target last; and the longest it may ask for.
    package var limitedMilliseconds: Int64 = 10_000
    package var longestLimitedMilliseconds: Int64 = 300_000
    /// Calls that may be under way at a target that is open, when there is no better one: a hanging target then costs
    /// only these their time, and all others are answered at once.
    package var lastResortCalls = 2
    /// A target without a sample for this long is probed if there is a prober; nil for never.
    package var idleProbeMilliseconds: Int64? = 60_000

    package init() {}

    /// For what one replica knows of itself while the fleet is there to judge by more: only failures in a row count, as
    /// where this replica alone cannot reach the target. A fleet of ten would else leave a target by chance ten times
    /// as often.
    var besideFleet: HealthRules {
        var rules = self
        rules.pairMilliseconds = -1
        rules.ratioMinimum = .max
        return rules
    }

    /// What a good answer takes away.
    package var answerEvidence: Double { log((1 - wellShare) / (1 - brokenShare)) }

    /// What a failure adds at a target that had so many calls and failures before.
    func failureEvidence(calls: Int64, failures: Int64) -> Double {
        guard calls >= usualMinimum, calls > 0 else { return log(brokenShare / wellShare) }
        return log(brokenShare / min(max(Double(failures) / Double(calls), wellShare), mostUsualShare))
    }

    /// How long a target stays open when it opens for the `count`th time in a row, `count` from 1.
    func openMilliseconds(count: Int64) -> Int64 {
        // Past 2^20 every sensible first time has reached the longest one.
        let doublings = min(max(count - 1, 0), 20)
        return min(firstOpenMilliseconds << doublings, longestOpenMilliseconds)
    }
}
