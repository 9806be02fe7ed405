#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

extension ComplexityScore {
    static func logistic(_ value: Float) -> Float { 1 / (1 + exp(-value)) }

    static func log2(_ value: Float) -> Float { logf(value) / logf(2) }

    /// How sure a choice between two tiers is, 0 to 1, for a score so far from the threshold between them.
    ///
    /// 0.76 at a distance of 0.1. On requests of templates it was not fitted on the score is off by 0.08 (expected
    /// calibration error), so that what lies nearer to a border says little.
    static func confidence(atDistance distance: Float) -> Float { tanh(max(0, distance) * 10) }
}
