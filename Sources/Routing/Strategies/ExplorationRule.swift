/// How slow or unknown targets are tried again: by single requests, one at a time for each target.
package struct ExplorationRule: Sendable, Equatable {
    /// At most this share of a route's requests; zero for none.
    package var share = 0.05
    /// A target of which something was heard within this time is left alone.
    package var interval: Duration = .seconds(15)

    package init() {}

    /// Whether a request may find out how the target is.
    func isDue(_ condition: TargetCondition, isMeasured: Bool) -> Bool {
        guard condition.inFlight == 0 else { return false }
        return !isMeasured || (condition.silence.map { $0 >= interval } ?? true)
    }
}
