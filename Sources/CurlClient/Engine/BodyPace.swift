import NIOConcurrencyHelpers

/// When the provider's bytes came, whatever their reader did meanwhile.
final class BodyPace: Sendable {
    private struct State {
        var last: ContinuousClock.Instant?
        var wasHeldBack = false
    }

    private let state = NIOLockedValueBox(State())

    func pieceCame(at time: ContinuousClock.Instant) { state.withLockedValue { $0.last = time } }

    func wasHeldBack() { state.withLockedValue { $0.wasHeldBack = true } }

    /// When the last piece came; nil if none has, or if the provider was held back: then it shows the reader's pace.
    var last: ContinuousClock.Instant? { state.withLockedValue { $0.wasHeldBack ? nil : $0.last } }
}
