import NIOConcurrencyHelpers

/// A key that may change while the gateway runs, with the one before it for as long as both are good.
///
/// Which of the two is good already, or still, only calls tell: the new one is used first, and when it is refused and
/// the old one is not, the old one is used until it is refused in its turn or its time is over.
package final class KeyRing: Sendable, CustomReflectable {
    /// The keys of one call.
    package struct Choice: Sendable {
        package let key: Secret
        /// To be tried when the first is refused; nil when there is no other.
        package let spare: Secret?
    }

    private let state: NIOLockedValueBox<StateMachine>

    package init(_ key: Secret) {
        state = NIOLockedValueBox(StateMachine(current: key))
    }

    /// The key that was given last, whether or not it is good already.
    package var current: Secret { state.withLockedValue { $0.current } }

    /// The keys that calls which are under way may have been made with.
    package var known: [Secret] { state.withLockedValue { $0.known } }

    /// The keys for a call that begins now.
    package func choice(now: ContinuousClock.Instant) -> Choice {
        state.withLockedValue { $0.choice(now: now) }
    }

    /// Tells that a call was answered with `key` after the other was refused.
    package func prefer(_ key: Secret) {
        state.withLockedValue { $0.prefer(key) }
    }

    /// Takes a new key, which is used from now on.
    /// - Parameter overlap: how long the one before may still be good.
    /// - Returns: whether it is another one.
    @discardableResult
    package func replace(with key: Secret, overlap: Duration, now: ContinuousClock.Instant) -> Bool {
        state.withLockedValue { $0.replace(with: key, until: now + overlap) }
    }

    /// `dump` shows nothing of it.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
