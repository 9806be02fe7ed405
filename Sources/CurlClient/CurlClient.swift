import Synchronization
import Threads

/// An HTTP client on libcurl: one engine thread, many exchanges.
///
/// `execute` returns when the response head is there; the body is read from the response as it arrives. Call
/// `shutdown` when done with the client; one that is merely dropped ends its thread and the bodies still being read,
/// too, but nobody waits for it.
///
/// libcurl sends a request once more, on a new connection, when a kept connection turns out to be dead before a byte
/// of the answer came. That heals the race with a server that closes an idle connection; a server that acted on the
/// request and then closed without a word would act twice.
package final class CurlClient: Sendable {
    private let engine: CurlEngine
    private let thread: NamedThread
    private let wasJoined = Atomic<Bool>(false)

    /// Starts the engine thread.
    /// - Parameter name: the thread's name.
    /// - Throws: `engineFailed` when libcurl cannot be set up.
    package init(
        configuration: CurlClientConfiguration = CurlClientConfiguration(), name: String = "curl-0"
    ) throws(CurlError) {
        let engine = CurlEngine(configuration: configuration, multi: try MultiHandle(configuration: configuration))
        self.engine = engine
        self.thread = NamedThread(name: name) { engine.run() }
    }

    deinit {
        engine.stop()
    }

    /// Sends a request and waits for the head of its response. May be called from any task; cancelling the task
    /// ends the exchange at once.
    /// - Throws: before the head; what happens later is thrown by the body.
    package func execute(_ request: CurlRequest) async throws(CurlError) -> CurlResponse {
        try request.validate()
        if Task.isCancelled { throw .cancelled(requestMayHaveBeenSent: false) }
        try engine.admit()
        let order = TransferOrder(id: engine.makeID(), request: request, began: .now)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // A refusal leaves nothing for the engine to do: the waiter was answered by the cancellation.
                if order.waiter.wait(continuation) { engine.start(order) } else { engine.release() }
            }
        } onCancel: {
            if order.waiter.cancel() { engine.cancel(order.id) }
        }
        order.waiter.didResume()
        return try outcome.get()
    }

    package var counters: CurlCounters { engine.counters }

    /// Ends all exchanges with `shutdown`, closes all connections and waits for the engine thread. Idempotent.
    package func shutdown() async {
        engine.stop()
        await engine.waitUntilStopped()
        // The thread has only to return, so the join does not hold up the pool.
        if !wasJoined.exchange(true, ordering: .relaxed) { thread.join() }
    }
}
