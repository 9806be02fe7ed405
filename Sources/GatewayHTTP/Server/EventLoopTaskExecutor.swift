import NIOConcurrencyHelpers
import NIOCore

/// Runs tasks on an event loop, so that a request is parsed, looked up and answered on the thread that has its socket.
///
/// What becomes ready while others run is run in the same turn, without another pass through the loop.
final class EventLoopTaskExecutor: TaskExecutor {
    private struct Queue {
        var jobs = CircularBuffer<UnownedJob>(initialCapacity: 32)
        var isScheduled = false
    }

    /// Jobs per turn: behind so many, sockets and timers come first, so that a task that yields cannot starve them.
    private static let jobsPerTurn = 32

    let eventLoop: any EventLoop
    private let queue = NIOLockedValueBox(Queue())

    /// - Parameter eventLoop: must live as long as any task that runs here.
    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Any thread; wakes the loop only when nothing of ours is scheduled there yet.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFirst = queue.withLockedValue { queue in
            queue.jobs.append(job)
            defer { queue.isScheduled = true }
            return !queue.isScheduled
        }
        if isFirst { eventLoop.execute { self.runTurn() } }
    }

    private func runTurn() {
        let executor = unsafe asUnownedTaskExecutor()
        for _ in 0..<Self.jobsPerTurn {
            guard let job = next() else { return }
            unsafe job.runSynchronously(on: executor)
        }
        eventLoop.execute { self.runTurn() }
    }

    private func next() -> UnownedJob? {
        queue.withLockedValue { queue in
            if queue.jobs.isEmpty { queue.isScheduled = false }
            return queue.jobs.popFirst()
        }
    }
}
