import NIOConcurrencyHelpers

/// The one caller that waits for a response head. Cancellation may come before the wait, during it, or at the very
/// moment of the answer: the caller is resumed exactly once in each case.
final class HeadWaiter: Sendable {
    typealias Outcome = Result<CurlResponse, CurlError>

    private enum State {
        case initialized
        case waiting(CheckedContinuation<Outcome, Never>)
        case answered
        case cancelled
    }

    private let state = NIOLockedValueBox(State.initialized)

    /// Registers the caller.
    /// - Returns: false when the exchange was cancelled before; the caller has then been resumed with that.
    func wait(_ continuation: CheckedContinuation<Outcome, Never>) -> Bool {
        let isRegistered = state.withLockedValue { state in
            guard case .initialized = state else { return false }
            state = .waiting(continuation)
            return true
        }
        if !isRegistered { continuation.resume(returning: .failure(.cancelled(requestMayHaveBeenSent: false))) }
        return isRegistered
    }

    /// Answers the caller, unless it was cancelled or answered before; what is left of `outcome` then is dropped,
    /// which ends the body.
    func resolve(_ outcome: Outcome) {
        let continuation = state.withLockedValue { state -> CheckedContinuation<Outcome, Never>? in
            guard case .waiting(let continuation) = state else { return nil }
            state = .answered
            return continuation
        }
        continuation?.resume(returning: outcome)
    }

    /// Takes note that the caller's task was cancelled, and resumes it if it waits.
    /// - Returns: whether the engine must be told.
    func cancel() -> Bool {
        let (mustTell, continuation) = state.withLockedValue { state -> (Bool, CheckedContinuation<Outcome, Never>?) in
            switch state {
            case .initialized:
                state = .cancelled
                return (false, nil)
            case .waiting(let continuation):
                state = .cancelled
                return (true, continuation)
            case .answered, .cancelled:
                return (false, nil)
            }
        }
        // The engine may be sending at this moment: only it could say that nothing has left.
        continuation?.resume(returning: .failure(.cancelled(requestMayHaveBeenSent: true)))
        return mustTell
    }

    /// To be called by the caller once resumed. The resumption itself orders the engine's writes before the caller's
    /// reads, but when it comes before the task sleeps the runtime does not tell ThreadSanitizer. This lock was held
    /// by who answered, after the response was made.
    func didResume() {
        state.withLockedValue { _ in }
    }

    var isCancelled: Bool {
        state.withLockedValue { if case .cancelled = $0 { true } else { false } }
    }
}
