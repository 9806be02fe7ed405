#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// When the requests of an open loop are due: fixed before the first is sent, whatever the server does with them.
///
/// Even arrivals stand at equal distances. Random ones are a Poisson process, as independent clients make it: the time
/// to the next is -ln(u) ÷ rate for a u drawn evenly from (0, 1].
package struct ArrivalSchedule: Sendable, Sequence, IteratorProtocol {
    /// How the requests of an open loop follow each other.
    package enum Spacing: Sendable, Equatable {
        case even
        /// The same seed gives the same times.
        case random(seed: UInt64)
    }

    private let nanosecondsPerRequest: Double
    private let end: Double
    private var number = 0
    private var last = 0.0
    private var state: UInt64?

    /// - Parameter rate: requests a second, above 0.
    package init(rate: Double, for duration: Duration, spacing: Spacing) {
        nanosecondsPerRequest = 1e9 / rate
        end = duration / .nanoseconds(1)
        if case .random(let seed) = spacing { state = seed }
    }

    /// Nanoseconds from the beginning of the run; nil when it is over. Never less than the one before.
    package mutating func next() -> Int64? {
        if state == nil {
            // A product, not a sum: rounding does not add up over a long run.
            last = Double(number) * nanosecondsPerRequest
        } else {
            last -= log(draw()) * nanosecondsPerRequest
        }
        number += 1
        return last < end ? Int64(last) : nil
    }

    /// From (0, 1], by SplitMix64 (Steele, Lea and Flood 2014).
    private mutating func draw() -> Double {
        let seed = (state ?? 0) &+ 0x9E37_79B9_7F4A_7C15
        state = seed
        var mixed = (seed ^ (seed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Double((mixed >> 11) + 1) / Double(1 << 53)
    }
}
