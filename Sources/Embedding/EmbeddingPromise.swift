import GatewayCore
import NIOConcurrencyHelpers

/// The outcome of one embedding that one caller waits for and another thread delivers. The first outcome stands.
///
/// A caller that is cancelled delivers `.cancelled` itself, so that it returns at once and whoever holds the work sees
/// that nobody wants it any more.
final class EmbeddingPromise: Sendable {
    typealias Outcome = Result<EmbeddingVector, EmbeddingError>

    private enum State {
        case open
        case awaited(CheckedContinuation<Outcome, Never>)
        case settled(Outcome)
    }

    private let state = NIOLockedValueBox(State.open)

    /// Whether there is an outcome already, and more work would be for nothing.
    var isSettled: Bool {
        state.withLockedValue { state in
            if case .settled = state { true } else { false }
        }
    }

    /// Delivers `outcome`. False when another came first.
    @discardableResult
    func settle(_ outcome: Outcome) -> Bool {
        let (isFirst, waiter) = state.withLockedValue { state -> (Bool, CheckedContinuation<Outcome, Never>?) in
            switch state {
            case .open:
                state = .settled(outcome)
                return (true, nil)
            case .awaited(let waiter):
                state = .settled(outcome)
                return (true, waiter)
            case .settled:
                return (false, nil)
            }
        }
        waiter?.resume(returning: outcome)
        return isFirst
    }

    /// Waits for the outcome, or for the cancellation of the current task. Call once.
    func outcome() async -> Outcome {
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let settled = state.withLockedValue { state -> Outcome? in
                    if case .settled(let outcome) = state { return outcome }
                    state = .awaited(continuation)
                    return nil
                }
                if let settled { continuation.resume(returning: settled) }
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
