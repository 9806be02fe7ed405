import Testing

@testable import RedisClient

@Suite("RedisLink.StateMachine")
struct LinkStateMachineTests {
    private typealias Machine = RedisLink.StateMachine<String, Int>

    private let refused = RedisError(.unavailable, "connection refused")

    private func submit(_ machine: inout Machine, _ call: Int) -> String {
        switch machine.submit(call) {
        case .send(let connection): "send \(connection)"
        case .keep(let connect): connect ? "keep, connect" : "keep"
        case .reject(let error): "reject \(error.code)"
        }
    }

    private func adopted(_ machine: inout Machine, _ connection: String) -> [Int]? {
        if case .adopt(let calls) = machine.connected(connection) { calls } else { nil }
    }

    @Test("The first call connects, those before the connection wait for it, up to the limit")
    func firstUse() {
        var machine = Machine(limit: 2)
        #expect(submit(&machine, 1) == "keep, connect")
        #expect(submit(&machine, 2) == "keep")
        #expect(submit(&machine, 3) == "reject queueFull")
        #expect(!machine.start() && !machine.isConnected)
        #expect(adopted(&machine, "A") == [1, 2])
        #expect(machine.isConnected)
        #expect(submit(&machine, 4) == "send A")
    }

    @Test("After a failure calls are refused at once until there is a connection")
    func refusedWhileDown() {
        var machine = Machine(limit: 9)
        #expect(machine.start() && !machine.start())
        #expect(submit(&machine, 1) == "keep")
        let action = machine.failed(refused)
        #expect(action.calls == [1] && action.attempt == 0)
        #expect(submit(&machine, 2) == "reject unavailable")
        #expect(machine.retry() && !machine.retry())
        #expect(submit(&machine, 3) == "reject unavailable")
        #expect(machine.failed(refused).attempt == 1)
        #expect(machine.retry() == true)
        #expect(adopted(&machine, "B") == [])
        #expect(submit(&machine, 4) == "send B")
    }

    @Test("A lost connection counts its attempts from the start")
    func lost() {
        var machine = Machine(limit: 9)
        _ = machine.start()
        _ = machine.failed(refused)
        _ = machine.retry()
        _ = machine.failed(refused)
        _ = machine.retry()
        _ = adopted(&machine, "A")
        #expect(machine.failed(refused).attempt == 0)
        #expect(!machine.isConnected)
    }

    @Test("A stopped link refuses calls, stays stopped, and closes a connection that comes late")
    func stopped() {
        var starting = Machine(limit: 9)
        _ = submit(&starting, 1)
        #expect(starting.stop().calls == [1])
        #expect(adopted(&starting, "late") == nil)
        #expect(starting.failed(refused).attempt == nil)
        #expect(!starting.retry() && !starting.start())
        #expect(submit(&starting, 2) == "reject shutDown")
        var connected = Machine(limit: 9)
        _ = connected.start()
        _ = adopted(&connected, "A")
        #expect(connected.stop().connection == "A")
        #expect(connected.stop().connection == nil)
    }

    @Test("Waits double up to the maximum and are drawn from the whole range")
    func backoff() {
        let backoff = RedisBackoff()
        #expect(backoff.ceiling(attempt: 0) == .milliseconds(50))
        #expect(backoff.ceiling(attempt: 3) == .milliseconds(400))
        #expect(backoff.ceiling(attempt: 6) == .seconds(2))
        #expect(backoff.ceiling(attempt: .max) == .seconds(2))
        #expect(backoff.ceiling(attempt: -1) == .milliseconds(50))
        var generator = SystemRandomNumberGenerator()
        let delays = (0..<1_000).map { _ in backoff.delay(attempt: 2, using: &generator) }
        #expect(delays.allSatisfy { $0 >= .zero && $0 <= .milliseconds(200) })
        // 1,000 even draws leave a quarter of the range empty with probability 0.75^1000.
        #expect(delays.contains { $0 < .milliseconds(50) } && delays.contains { $0 > .milliseconds(150) })
    }
}
