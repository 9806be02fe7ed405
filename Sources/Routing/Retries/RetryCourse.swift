import GatewayCore

/// What follows a failed call, as long as no content has come. Pure; one for each target a request is at.
struct RetryCourse: Sendable {
    enum Step: Equatable {
        /// The same target, after a wait.
        case again(after: Duration)
        /// The best of those that are left.
        case next
        /// The best of these, in their order.
        case nextOf([DeploymentID])
        /// The best of those that hold more.
        case nextLarger
        /// The client is told of the failure.
        case stop
    }

    private var retries = 0
    private var hasReconnected = false

    mutating func step(
        after failure: CallFailure, retry: RetryRule, fallback: FallbackRule, lists: FallbackLists,
        using generator: inout some RandomNumberGenerator
    ) -> Step {
        guard failure.isTargets else { return Self.onward(after: failure, fallback: fallback, lists: lists) }
        // What never left may leave on a new connection; once, as the next one fails for the same reason.
        if failure.fault == .connection, !hasReconnected {
            hasReconnected = true
            return .again(after: .zero)
        }
        guard let wait = retry.wait(after: failure, retries: retries, using: &generator) else {
            return Self.onward(after: failure, fallback: fallback, lists: lists)
        }
        retries += 1
        return .again(after: wait)
    }

    /// What follows where the same target is not called again.
    static func onward(after failure: CallFailure, fallback: FallbackRule, lists: FallbackLists) -> Step {
        switch failure.fault {
        case .contextTooLong: lists.contextTooLong.map { .nextOf($0) } ?? .nextLarger
        case .contentPolicy: lists.contentPolicy.map { .nextOf($0) } ?? .stop
        case .target, .connection, .dialect, .unknownModel, .request: fallback.leaves(after: failure) ? .next : .stop
        }
    }
}
