import NIOConcurrencyHelpers

/// A point where a script waits for its test: each `proceed` lets one `wait` through, in either order.
package final class ProceedGate: Sendable {
    private struct State {
        var permits = 0
        var nextNumber = 0
        var waiters: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var cancelledEarly: Set<Int> = []
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    /// Lets `count` waits through: those that stand here, or the next to come.
    package func proceed(_ count: Int = 1) {
        let released = state.withLockedValue { state in
            let released = Array(state.waiters.prefix(count))
            state.waiters.removeFirst(released.count)
            state.permits += count - released.count
            return released
        }
        for waiter in released { waiter.continuation.resume(returning: true) }
    }

    /// Waits for one `proceed`.
    /// - Throws: `CancellationError` when the task is cancelled, as a script's is when its connection closes.
    package func wait() async throws {
        let number = state.withLockedValue { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        let mayGoOn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLockedValue { state -> Bool? in
                    if state.cancelledEarly.remove(number) != nil { return false }
                    if state.permits > 0 {
                        state.permits -= 1
                        return true
                    }
                    state.waiters.append((number, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiting = state.withLockedValue { state -> CheckedContinuation<Bool, Never>? in
                guard let index = state.waiters.firstIndex(where: { $0.number == number }) else {
                    state.cancelledEarly.insert(number)
                    return nil
                }
                return state.waiters.remove(at: index).continuation
            }
            waiting?.resume(returning: false)
        }
        if !mayGoOn { throw CancellationError() }
    }
}
