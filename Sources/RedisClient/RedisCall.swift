import NIOConcurrencyHelpers
import NIOCore

/// One caller that waits for the reply to its command or pipeline.
///
/// Whoever settles first wins: the reply, the time limit, the cancellation of the task, or the end of the connection.
/// What comes later is dropped, so a reply that nobody waits for any more does no harm.
final class RedisCall: Sendable {
    /// What goes out.
    enum Content: Sendable {
        case command(RedisCommand)
        case pipeline([RedisCommand])
    }

    typealias Outcome = Result<RedisReply, RedisError>

    private enum State {
        case created
        case waiting(CheckedContinuation<Outcome, Never>)
        /// Settled before the caller came to wait: its task was cancelled already.
        case early(Outcome)
        case settled
    }

    let content: Content
    /// After this the caller has given up; `distantFuture` for no limit.
    let deadline: NIODeadline
    private let state = NIOLockedValueBox(State.created)

    init(_ content: Content, deadline: NIODeadline) {
        self.content = content
        self.deadline = deadline
    }

    /// How many replies the server will send.
    var replyCount: Int {
        switch content {
        case .command: 1
        case .pipeline(let commands): commands.count
        }
    }

    var isPipeline: Bool {
        if case .pipeline = content { true } else { false }
    }

    /// Whether the caller still waits; a call that does not need not be sent.
    var isWaiting: Bool {
        state.withLockedValue { if case .waiting = $0 { true } else { false } }
    }

    /// Registers the caller. False if the call was settled before; the caller is then resumed at once and the
    /// call must not be submitted.
    func wait(_ continuation: CheckedContinuation<Outcome, Never>) -> Bool {
        let early: Outcome? = state.withLockedValue { state in
            if case .early(let outcome) = state {
                state = .settled
                return outcome
            }
            state = .waiting(continuation)
            return nil
        }
        guard let early else { return true }
        continuation.resume(returning: early)
        return false
    }

    /// Resumes the caller with `outcome` unless it was resumed before. Any thread.
    func settle(_ outcome: Outcome) {
        let continuation: CheckedContinuation<Outcome, Never>? = state.withLockedValue { state in
            switch state {
            case .created:
                state = .early(outcome)
                return nil
            case .waiting(let continuation):
                state = .settled
                return continuation
            case .early, .settled:
                return nil
            }
        }
        continuation?.resume(returning: outcome)
    }

    /// Suspends the current task until the call is settled; `submit` runs once the caller is registered.
    /// Cancelling the task settles the call at once.
    func outcome(submit: (RedisCall) -> Void) async -> Outcome {
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if wait(continuation) { submit(self) }
            }
        } onCancel: {
            settle(.failure(.cancelled))
        }
        // The resumption itself orders the loop's writes before our reads, but the runtime does not tell
        // ThreadSanitizer so in every case. This lock was held by who settled the call, after the reply was built.
        state.withLockedValue { _ in }
        return outcome
    }

    func encode(into buffer: inout ByteBuffer) {
        switch content {
        case .command(let command): command.encode(into: &buffer)
        case .pipeline(let commands): for command in commands { command.encode(into: &buffer) }
        }
    }
}
