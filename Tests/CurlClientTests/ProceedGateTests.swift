import GatewayTesting
import Testing

@Suite("Gates of scripts", .timeLimit(.minutes(1)))
struct ProceedGateTests {
    @Test("A permit given before the wait is kept for it")
    func before() async throws {
        let gate = ProceedGate()
        gate.proceed(2)
        try await gate.wait()
        try await gate.wait()
    }

    @Test("Each permit lets one waiter through", arguments: [1, 10])
    func after(waiters: Int) async throws {
        let gate = ProceedGate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<waiters { group.addTask { try await gate.wait() } }
            for passed in 1...waiters {
                gate.proceed()
                try await group.next()
                #expect(passed <= waiters)
            }
        }
    }

    @Test("A cancelled wait throws, and takes no permit with it")
    func cancelled() async throws {
        let gate = ProceedGate()
        let task = Task { try await gate.wait() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        gate.proceed()
        try await gate.wait()
    }
}
