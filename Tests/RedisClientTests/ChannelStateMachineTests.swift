import NIOCore
import Testing

@testable import RedisClient

@Suite("RedisChannelHandler.StateMachine")
struct ChannelStateMachineTests {
    private typealias Machine = RedisChannelHandler.StateMachine<String>

    private func time(_ milliseconds: UInt64) -> NIODeadline { .uptimeNanoseconds(milliseconds * 1_000_000) }

    private func openMachine() -> Machine {
        var configuration = RedisClientConfiguration()
        configuration.clientName = nil
        var machine = Machine(handshake: RedisHandshake(configuration), stallLimit: .milliseconds(100))
        guard case .ready = machine.receive(.status("PONG")) else {
            Issue.record("the handshake did not end")
            return machine
        }
        return machine
    }

    private func enqueue(
        _ machine: inout Machine, _ name: String, due: UInt64, pipeline: Int? = nil, now: UInt64 = 0
    ) -> String {
        switch machine.enqueue(
            name, replies: pipeline ?? 1, isPipeline: pipeline != nil, deadline: time(due), now: time(now))
        {
        case .write: "write"
        case .expire: "expire"
        case .refuse: "refuse"
        }
    }

    private func receive(_ machine: inout Machine, _ reply: RedisReply) -> String {
        machine.receivedBytes()
        return switch machine.receive(reply) {
        case .wait: "wait"
        case .more: "more"
        case .ready: "ready"
        case .discard: "discard"
        case .deliver(let name, let reply): "\(name) \(reply.integer.map { "\($0)" } ?? "\(reply.array?.count ?? -1)")"
        case .close(let error): "close \(error.code)"
        }
    }

    @Test("Nothing is written before the handshake is over")
    func notReady() {
        var machine = Machine(handshake: RedisHandshake(RedisClientConfiguration()), stallLimit: .seconds(1))
        #expect(enqueue(&machine, "a", due: 10) == "refuse")
        #expect(receive(&machine, .status("OK")) == "wait")
        #expect(receive(&machine, .status("PONG")) == "ready")
        #expect(enqueue(&machine, "a", due: 10) == "write")
    }

    @Test("Replies go to the requests in order, a pipeline's all to one")
    func order() {
        var machine = openMachine()
        #expect(enqueue(&machine, "a", due: 10) == "write")
        #expect(enqueue(&machine, "p", due: 10, pipeline: 3) == "write")
        #expect(enqueue(&machine, "b", due: 10) == "write")
        #expect(receive(&machine, .integer(1)) == "a 1")
        #expect(receive(&machine, .integer(2)) == "more")
        #expect(receive(&machine, .null) == "more")
        #expect(receive(&machine, .integer(4)) == "p 3")
        #expect(receive(&machine, .integer(5)) == "b 5")
        #expect(machine.slotCount == 0)
    }

    @Test("A late reply is discarded in its place and shifts nothing")
    func lateReply() {
        var machine = openMachine()
        _ = enqueue(&machine, "a", due: 10)
        _ = enqueue(&machine, "p", due: 10, pipeline: 2)
        _ = enqueue(&machine, "b", due: 50)
        #expect(machine.timerFired(now: time(10)).expired == ["a", "p"])
        #expect(receive(&machine, .integer(1)) == "discard")
        #expect(receive(&machine, .integer(2)) == "more")
        #expect(receive(&machine, .integer(3)) == "discard")
        #expect(receive(&machine, .integer(4)) == "b 4")
    }

    @Test("A pipeline that times out halfway keeps its place for the rest")
    func halfPipeline() {
        var machine = openMachine()
        _ = enqueue(&machine, "p", due: 10, pipeline: 2)
        _ = enqueue(&machine, "q", due: 50, pipeline: 2)
        #expect(receive(&machine, .integer(1)) == "more")
        #expect(machine.timerFired(now: time(10)).expired == ["p"])
        #expect(receive(&machine, .integer(2)) == "discard")
        #expect(receive(&machine, .integer(3)) == "more")
        #expect(receive(&machine, .integer(4)) == "q 2")
    }

    @Test("A request whose time is over is not written")
    func expiredBeforeWrite() {
        var machine = openMachine()
        #expect(enqueue(&machine, "a", due: 10, now: 10) == "expire")
        #expect(machine.slotCount == 0)
    }

    @Test("The timer is set once for many commands, and anew only for an earlier deadline")
    func timer() {
        var machine = openMachine()
        #expect(machine.timerToArm() == nil)
        _ = enqueue(&machine, "a", due: 30)
        #expect(machine.timerToArm() == time(30))
        _ = enqueue(&machine, "b", due: 40)
        #expect(machine.timerToArm() == nil)
        _ = enqueue(&machine, "c", due: 20)
        #expect(machine.timerToArm() == time(20))
        #expect(machine.timerFired(now: time(20)).expired == ["c"])
        #expect(machine.timerToArm() == time(30))
    }

    @Test("Silence for the stall limit after a timeout is a stall; anything received starts over")
    func stall() {
        var machine = openMachine()
        _ = enqueue(&machine, "a", due: 10)
        _ = enqueue(&machine, "b", due: 500)
        #expect(!machine.timerFired(now: time(10)).isStalled)
        #expect(machine.timerToArm() == time(110))
        #expect(receive(&machine, .integer(1)) == "discard")
        #expect(!machine.timerFired(now: time(110)).isStalled)
        #expect(machine.timerFired(now: time(500)).expired == ["b"])
        #expect(machine.timerToArm() == time(600))
        #expect(machine.timerFired(now: time(600)).isStalled)
    }

    @Test("A blocking command without a deadline is never a stall")
    func blocking() {
        var machine = openMachine()
        #expect(
            machine.enqueue("x", replies: 1, isPipeline: false, deadline: .distantFuture, now: time(0)) == .write)
        #expect(machine.timerToArm() == nil)
        #expect(!machine.timerFired(now: time(1_000_000)).isStalled)
    }

    @Test("A reply nobody asked for closes the connection")
    func unasked() {
        var machine = openMachine()
        #expect(receive(&machine, .integer(1)) == "close protocolViolation")
        #expect(enqueue(&machine, "a", due: 10) == "refuse")
        #expect(receive(&machine, .integer(2)) == "wait")
    }

    @Test("Closing returns those who still wait, once, and refuses what comes later")
    func close() {
        var machine = openMachine()
        _ = enqueue(&machine, "a", due: 10)
        _ = enqueue(&machine, "b", due: 90)
        _ = machine.timerFired(now: time(10))
        #expect(machine.close() == ["b"])
        #expect(machine.close() == [])
        #expect(enqueue(&machine, "c", due: 90) == "refuse")
        #expect(machine.timerToArm() == nil)
    }
}
