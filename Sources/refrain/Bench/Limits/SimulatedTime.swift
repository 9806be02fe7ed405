import GatewayCore
import NIOConcurrencyHelpers
import Routing

/// A clock that the simulation moves.
final class SimulatedTime: Sendable {
    private let state = NIOLockedValueBox(0)
    private let origin = ContinuousClock.now
    /// In the middle of nowhere special: 2027-01-15, 08:00:00 UTC.
    private static let start: Int64 = 1_800_000_000_000

    /// Milliseconds since the beginning.
    var elapsed: Int {
        get { state.withLockedValue { $0 } }
        set { state.withLockedValue { $0 = newValue } }
    }

    var wall: UnixTime { UnixTime(milliseconds: Self.start + Int64(elapsed)) }

    var clock: LimitClock {
        LimitClock(wall: { self.wall }, steady: { self.origin + .milliseconds(self.elapsed) })
    }
}
