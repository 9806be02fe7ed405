extension KeyRing {
    /// Which key is used.
    struct StateMachine {
        private struct Previous {
            let key: Secret
            let until: ContinuousClock.Instant
        }

        private(set) var current: Secret
        /// The one before, also when its time is over: a call that was made with it may still be under way.
        private var last: Secret?
        private var previous: Previous?
        /// Whether calls begin with the previous key, as the current one was refused.
        private var prefersPrevious = false

        init(current: Secret) { self.current = current }

        mutating func choice(now: ContinuousClock.Instant) -> Choice {
            guard let previous else { return Choice(key: current, spare: nil) }
            guard now < previous.until else {
                self.previous = nil
                prefersPrevious = false
                return Choice(key: current, spare: nil)
            }
            return prefersPrevious
                ? Choice(key: previous.key, spare: current) : Choice(key: current, spare: previous.key)
        }

        var known: [Secret] { [current, previous?.key, last].compactMap(\.self) }

        mutating func prefer(_ key: Secret) {
            // A call may have begun before a change; then its key is none of these.
            if key == current { prefersPrevious = false } else if key == previous?.key { prefersPrevious = true }
        }

        /// - Parameter until: when the key before is no longer tried.
        mutating func replace(with key: Secret, until: ContinuousClock.Instant) -> Bool {
            guard key != current else { return false }
            // Of two changes in a row it is the key that works which has to outlive the second.
            let before = prefersPrevious ? previous?.key ?? current : current
            last = current
            previous = before == key ? nil : Previous(key: before, until: until)
            current = key
            prefersPrevious = false
            return true
        }
    }
}
