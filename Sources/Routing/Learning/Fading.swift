import Glibc

/// How much of what was learned still counts.
package enum Fading {
    /// 1 at once, a half after a half-life. Never more than 1.
    package static func factor(after time: Duration, halfLife: Duration) -> Double {
        guard halfLife > .zero else { return 0 }
        return exp2(-max(0, time / halfLife))
    }
}
