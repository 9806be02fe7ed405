package import GatewayCore
import NIOConcurrencyHelpers

/// The outcome of one embedding that one caller waits for and another thread delivers. The first outcome stands.
///
/// A caller that is cancelled delivers `.cancelled` itself, so that it returns at once and whoever holds the work sees
/// that nobody wants it any more.
package final class EmbeddingPromise: Sendable {
    package typealias Outcome = Result<EmbeddingVector, EmbeddingError>

    private enum State {
        case open([@Sendable (Outcome) -> Void])
        case settled(Outcome)
    }

    private let state = NIOLockedValueBox(State.open([]))

    package init() {}

    /// Whether there is an outcome already, and more work would be for nothing.
    package var isSettled: Bool {
        state.withLockedValue { state in
            if case .settled = state { true } else { false }
        }
    }

    /// Delivers `outcome`, and tells who waits for it on this thread. False when another came first.
    @discardableResult
    package func settle(_ outcome: Outcome) -> Bool {
        let waiters = state.withLockedValue { state -> [@Sendable (Outcome) -> Void]? in
            guard case .open(let waiters) = state else { return nil }
            state = .settled(outcome)
            return waiters
        }
        for waiter in waiters ?? [] { waiter(outcome) }
        return waiters != nil
    }

    /// Calls `act` once with the outcome: on the thread that delivers it, or at once when it is there already.
    package func whenSettled(_ act: @escaping @Sendable (Outcome) -> Void) {
        let settled = state.withLockedValue { state -> Outcome? in
            switch state {
            case .open(let waiters):
                state = .open(waiters + [act])
                return nil
            case .settled(let outcome):
                return outcome
            }
        }
        if let settled { act(settled) }
    }

    /// Waits for the outcome, or for the cancellation of the current task.
    package func outcome() async -> Outcome {
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                whenSettled { continuation.resume(returning: $0) }
            }
        } onCancel: {
            settle(.failure(.cancelled))
        }
        // Orders the encoder's writes before our reads in terms ThreadSanitizer knows: it is not told of a
        // resumption that comes before the task sleeps.
        state.withLockedValue { _ in }
        return outcome
    }
}
