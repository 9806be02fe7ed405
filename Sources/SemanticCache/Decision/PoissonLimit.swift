#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// How much risk fits under a number of wrong hits: the largest mean of a Poisson count that stays at or below the
/// number in 95 of 100 cases.
///
/// Rare, nearly independent mistakes are Poisson; the mean is then the 5 % quantile of a gamma distribution. When not
/// one wrong hit is allowed it is 0.05, and it nears the number itself as that grows: small namespaces are careful by
/// arithmetic, not by rule.
enum PoissonLimit {
    private static let confidence = 0.95
    private static let exact = (0..<256).map { wrong in
        Distributions.gammaQuantile(1 - confidence, shape: Double(wrong) + 1)
    }

    /// - Parameter allowed: wrong hits; a part of one is none.
    static func mean(allowed: Double) -> Double {
        guard allowed >= 0 else { return 0 }
        if allowed < Double(exact.count) { return exact[Int(allowed)] }
        // Wilson and Hilferty's approximation; from 256 on it is off by less than 1e-4 of the value.
        let shape = allowed.rounded(.down) + 1
        return shape * pow(1 - 1 / (9 * shape) - 1.644_853_627 / (3 * shape.squareRoot()), 3)
    }
}
