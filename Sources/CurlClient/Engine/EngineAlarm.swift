/// The earliest time at which a deadline may run out. Only ever too early: a transfer that moves a deadline back
/// does not touch it, so a piece of body costs no search, and a look in vain comes once per deadline at most.
final class EngineAlarm {
    private(set) var due: ContinuousClock.Instant?

    /// Sees to it that the alarm rings at `instant` or before.
    func ring(noLaterThan instant: ContinuousClock.Instant?) {
        guard let instant else { return }
        due = due.map { min($0, instant) } ?? instant
    }

    func clear() {
        due = nil
    }
}
