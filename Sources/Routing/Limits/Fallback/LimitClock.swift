package import GatewayCore

/// The two clocks that deciding without the fleet needs.
package struct LimitClock: Sendable {
    /// For days and minutes. May be set back.
    let wall: @Sendable () -> UnixTime
    /// For how long ago something was. Never goes back.
    let steady: @Sendable () -> ContinuousClock.Instant

    package init(
        wall: @escaping @Sendable () -> UnixTime = { UnixTime.now() },
        steady: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.wall = wall
        self.steady = steady
    }

    var milliseconds: Double { Double(wall().milliseconds) }
}
