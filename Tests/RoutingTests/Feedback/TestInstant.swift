import NIOConcurrencyHelpers

/// A clock that a test sets.
final class TestInstant: Sendable {
    private let instant: NIOLockedValueBox<ContinuousClock.Instant>

    init(_ instant: ContinuousClock.Instant) { self.instant = NIOLockedValueBox(instant) }

    var now: ContinuousClock.Instant {
        get { instant.withLockedValue { $0 } }
        set { instant.withLockedValue { $0 = newValue } }
    }
}
