#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A point in time that means the same on every replica: milliseconds since 1970, UTC.
package struct UnixTime: Sendable, Hashable, Comparable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The system's clock, which may be set back: never measure durations with it.
    package static func now() -> UnixTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return UnixTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    package static func < (left: UnixTime, right: UnixTime) -> Bool { left.milliseconds < right.milliseconds }

    /// Saturates instead of overflowing.
    package static func + (time: UnixTime, duration: Duration) -> UnixTime {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let added = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        let sum = time.milliseconds.addingReportingOverflow(added.partialValue)
        guard !overflow, !added.overflow, !sum.overflow else {
            return UnixTime(milliseconds: duration < .zero ? .min : .max)
        }
        return UnixTime(milliseconds: sum.partialValue)
    }

    /// How long after `earlier` this is. Saturates instead of overflowing.
    package static func - (later: UnixTime, earlier: UnixTime) -> Duration {
        let (difference, overflow) = later.milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return .milliseconds(overflow ? (later < earlier ? .min : .max) : difference)
    }
}
