#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The few distributions that the decisions stand on. Pure; any thread. Absolute error below 1e-9 for shapes up to
/// 1e5, except ``normalQuantile(_:)``.
enum Distributions {
    /// ln Γ(x) for x > 0: Stirling's series after lifting x above 9 (Abramowitz and Stegun 6.1.41).
    static func logGamma(_ x: Double) -> Double {
        var (shift, x) = (0.0, x)
        while x < 9 {
            shift -= log(x)
            x += 1
        }
        let square = 1 / (x * x)
        let series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / x
        return shift + (x - 0.5) * log(x) - x + 0.918_938_533_204_672_8 + series
    }

    /// P(X ≤ x) of the gamma distribution with scale 1: its series below the mean, Lentz's continued fraction above.
    static func gammaCumulative(_ x: Double, shape: Double) -> Double {
        guard x > 0 else { return 0 }
        let front = exp(shape * log(x) - x - logGamma(shape))
        if x < shape + 1 {
            var (term, sum, count) = (1 / shape, 1 / shape, shape)
            while term > sum * 1e-15 {
                count += 1
                term *= x / count
                sum += term
            }
            return front * sum
        }
        var (b, c) = (x + 1 - shape, 1e300)
        var d = 1 / b
        var fraction = d
        for index in 1..<10_000 {
            let a = -Double(index) * (Double(index) - shape)
            b += 2
            d = 1 / nonzero(a * d + b)
            c = nonzero(b + a / c)
            fraction *= d * c
            if abs(d * c - 1) < 1e-15 { break }
        }
        return 1 - front * fraction
    }

    /// P(X ≤ x) of the beta distribution, by Lentz's continued fraction (DLMF 8.17.22).
    static func betaCumulative(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        // The fraction converges quickly on this side only.
        if x > (a + 1) / (a + b + 2) { return 1 - betaCumulative(1 - x, b, a) }
        let front = exp(a * log(x) + b * log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a
        var c = 1.0
        var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
        var fraction = d
        for index in 1..<10_000 {
            let m = Double(index)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / nonzero(1 + even * d)
            c = nonzero(1 + even / c)
            fraction *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / nonzero(1 + odd * d)
            c = nonzero(1 + odd / c)
            fraction *= d * c
            if abs(d * c - 1) < 1e-15 { break }
        }
        return front * fraction
    }

    /// The x at which a gamma distribution with scale 1 has reached `probability`.
    static func gammaQuantile(_ probability: Double, shape: Double) -> Double {
        let top = shape + 12 * (shape + 4).squareRoot() + 24
        return bisect(0, top) { gammaCumulative($0, shape: shape) < probability }
    }

    /// The x at which a beta distribution has reached `probability`.
    static func betaQuantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
        bisect(0, 1) { betaCumulative($0, a, b) < probability }
    }

    /// The standard normal's quantile; relative error below 1.2e-9 (P. J. Acklam's rational approximation).
    static func normalQuantile(_ probability: Double) -> Double {
        guard probability > 0 else { return -.infinity }
        guard probability < 1 else { return .infinity }
        if probability > 0.5 { return -normalQuantile(1 - probability) }
        if probability < 0.02425 {
            let q = (-2 * log(probability)).squareRoot()
            let top = polynomial(
                q, [-7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
                    4.374664141464968, 2.938163982698783])
            return top / polynomial(
                q, [7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1])
        }
        let q = probability - 0.5
        let top = polynomial(
            q * q, [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690,
                    -30.66479806614716, 2.506628277459239])
        return q * top / polynomial(
            q * q, [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
                    -13.28068155288572, 1])
    }

    /// 1 ÷ (1 + e⁻ˣ).
    static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    static func logarithm(_ x: Double) -> Double { log(x) }

    static func exponential(_ x: Double) -> Double { exp(x) }

    private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
        coefficients.reduce(0) { $0 * x + $1 }
    }

    private static func nonzero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }

    private static func bisect(_ low: Double, _ high: Double, isBelow: (Double) -> Bool) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<200 where high - low > 1e-15 * high {
            let middle = low + (high - low) / 2
            if isBelow(middle) { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }
}
