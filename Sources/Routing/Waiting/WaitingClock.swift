/// The time by which requests wait.
package struct WaitingClock: Sendable {
    let now: @Sendable () -> ContinuousClock.Instant
    /// Returns at the instant, or sooner when its task is cancelled.
    let sleep: @Sendable (ContinuousClock.Instant) async -> Void

    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        sleep: @escaping @Sendable (ContinuousClock.Instant) async -> Void = {
            try? await Task.sleep(until: $0, clock: .continuous)
        }
    ) {
        self.now = now
        self.sleep = sleep
    }
}
