import GatewayCore
import NIOConcurrencyHelpers
import Synchronization
import Threads

/// Encodes texts on engine threads (`encode-0`, `encode-1` …), all that wait together in one pass.
///
/// Under light load a text goes alone and at once; while a pass runs others gather, and the next pass takes them
/// together, which costs little more than one. A text whose caller was cancelled before its pass is dropped.
package final class EmbeddingBatcher: Sendable {
    /// One engine thread and what waits for it.
    private final class Lane: Sendable {
        let inbox: Inbox<WaitingText>
        /// Tokens that wait or are being encoded.
        let load = Atomic<Int>(0)

        init(limit: Int) { inbox = Inbox(limit: limit) }
    }

    private struct Lifecycle {
        var runningThreads: Int
        var threads: [NamedThread] = []
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let limits: BatchLimits
    private let lanes: [Lane]
    private let waiting = Atomic<Int>(0)
    private let isClosed = Atomic<Bool>(false)
    private let lifecycle: NIOLockedValueBox<Lifecycle>

    /// Starts the threads. Close the batcher to end them.
    /// - Parameter makeEncoder: called once on each thread, which alone uses the result.
    package init(limits: BatchLimits, makeEncoder: @escaping @Sendable () -> any BatchEncoder) {
        self.limits = limits
        self.lanes = (0..<limits.threads).map { _ in Lane(limit: limits.queue) }
        self.lifecycle = NIOLockedValueBox(Lifecycle(runningThreads: limits.threads))
        let threads = lanes.enumerated().map { index, lane in
            NamedThread(name: "encode-\(index)") {
                self.run(lane, encoder: makeEncoder())
                self.threadEnded()
            }
        }
        lifecycle.withLockedValue { $0.threads = threads }
    }

    /// How many texts wait or are being encoded.
    package var count: Int { waiting.load(ordering: .relaxed) }

    /// Settles `promise` with the unit vector of one tokenised text: at once with `.overloaded` when the queue is full,
    /// with `.closed` from `close()` on.
    package func encode(_ ids: [Int32], into promise: EmbeddingPromise) {
        guard !promise.isSettled else { return }
        do throws(EmbeddingError) {
            try enqueue(WaitingText(ids: ids, promise: promise))
        } catch {
            promise.settle(.failure(error))
        }
    }

    /// Refuses new texts, fails those that wait, lets the passes that run finish, and returns when the threads have
    /// ended.
    package func close() async {
        isClosed.store(true, ordering: .sequentiallyConsistent)
        for lane in lanes { lane.inbox.close() }
        await withCheckedContinuation { continuation in
            let isOver = lifecycle.withLockedValue { lifecycle in
                if lifecycle.runningThreads > 0 { lifecycle.waiters.append(continuation) }
                return lifecycle.runningThreads == 0
            }
            if isOver { continuation.resume() }
        }
        let threads = lifecycle.withLockedValue { lifecycle in
            defer { lifecycle.threads = [] }
            return lifecycle.threads
        }
        // Their bodies are over: joining waits for no work, it only gives the stacks back.
        for thread in threads { thread.join() }
    }

    private func enqueue(_ text: WaitingText) throws(EmbeddingError) {
        guard waiting.add(1, ordering: .relaxed).newValue <= limits.queue else {
            waiting.subtract(1, ordering: .relaxed)
            throw EmbeddingError(.overloaded, "\(limits.queue) texts wait for the encoder already")
        }
        guard let lane = lanes.min(by: { $0.load.load(ordering: .relaxed) < $1.load.load(ordering: .relaxed) }) else {
            return
        }
        lane.load.add(text.ids.count, ordering: .relaxed)
        switch lane.inbox.append(text) {
        case .first, .queued: return
        case .full:
            release([text], of: lane)
            throw EmbeddingError(.overloaded, "\(limits.queue) texts wait for the encoder already")
        case .closed:
            release([text], of: lane)
            throw .closed
        }
    }

    // MARK: - On an engine thread

    private func run(_ lane: Lane, encoder: any BatchEncoder) {
        var pending = PendingTexts(limits: limits)
        while true {
            if pending.isEmpty {
                guard let arrived = lane.inbox.waitAndDrain() else { return }
                pending.add(arrived)
            } else {
                pending.add(lane.inbox.drain())
            }
            let (batch, dropped) = pending.takeBatch()
            release(dropped, of: lane)
            if isClosed.load(ordering: .sequentiallyConsistent) {
                release(batch, of: lane)
                for text in batch { text.promise.settle(.failure(.closed)) }
            } else if !batch.isEmpty {
                let vectors = encoder.encode(batch.map(\.ids))
                release(batch, of: lane)
                for (text, vector) in zip(batch, vectors) { text.promise.settle(Self.checked(vector)) }
            }
        }
    }

    private func release(_ texts: [WaitingText], of lane: Lane) {
        guard !texts.isEmpty else { return }
        waiting.subtract(texts.count, ordering: .relaxed)
        lane.load.subtract(texts.reduce(0) { $0 + $1.ids.count }, ordering: .relaxed)
    }

    private func threadEnded() {
        let waiters = lifecycle.withLockedValue { lifecycle in
            lifecycle.runningThreads -= 1
            guard lifecycle.runningThreads == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { lifecycle.waiters = [] }
            return lifecycle.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private static func checked(_ vector: [Float]) -> EmbeddingPromise.Outcome {
        // Weights that were damaged without changing their shape show here, and nowhere else.
        guard vector.allSatisfy(\.isFinite), vector.contains(where: { $0 != 0 }) else {
            return .failure(EmbeddingError(.modelInvalid, "the model made a vector that is zero or not finite"))
        }
        return .success(EmbeddingVector(unit: vector))
    }
}
