import Testing

@testable import CurlClient

@Suite("The state machine of a transfer")
struct TransferStateMachineTests {
    private typealias Machine = Transfer.StateMachine

    private func receiving(limit: Int? = nil) -> Machine {
        var machine = Machine(bodyLimit: limit)
        machine.requestLeaves()
        _ = machine.headIsComplete()
        return machine
    }

    private func pausedMachine() -> Machine {
        var machine = receiving()
        _ = machine.pieceIsOffered(10)
        _ = machine.pieceWasDelivered(.enough)
        _ = machine.pieceIsOffered(10)
        return machine
    }

    @Test("A request counts as sent from the moment a connection is there for it")
    func sent() {
        var machine = Machine(bodyLimit: nil)
        #expect(!machine.requestMayHaveBeenSent)
        machine.requestLeaves()
        #expect(machine.requestMayHaveBeenSent)
        #expect(machine.state == .started(sent: true))
    }

    @Test("The head is delivered once; what looks like a head later is ignored")
    func head() {
        var machine = Machine(bodyLimit: nil)
        machine.requestLeaves()
        #expect(machine.headIsComplete() == .deliver)
        #expect(machine.headIsComplete() == .ignore)
        machine.requestLeaves()
        #expect(machine.state == .receiving(demand: true))
    }

    @Test("A piece is accepted when the reader has had enough, and the next one pauses without being counted")
    func pause() {
        var machine = receiving(limit: 20)
        #expect(machine.pieceIsOffered(10) == .accept)
        #expect(machine.pieceWasDelivered(.enough) == .accept)
        #expect(machine.pieceIsOffered(10) == .pause)
        #expect(machine.isPaused)
        #expect(machine.resume() == .unpause)
        #expect(machine.pieceIsOffered(10) == .accept)
    }

    @Test("A reader that has room again before the pause is never paused")
    func resumeBeforePause() {
        var machine = receiving()
        _ = machine.pieceIsOffered(1)
        _ = machine.pieceWasDelivered(.enough)
        #expect(machine.resume() == .nothing)
        #expect(machine.pieceIsOffered(1) == .accept)
        #expect(!machine.isPaused)
    }

    @Test("While it is paused nothing is taken, and a second resumption does nothing")
    func paused() {
        var machine = pausedMachine()
        #expect(machine.pieceIsOffered(5) == .pause)
        #expect(machine.resume() == .unpause)
        #expect(machine.resume() == .nothing)
    }

    @Test("The limit holds for the sum of the pieces, to the byte")
    func limit() {
        var machine = receiving(limit: 10)
        #expect(machine.pieceIsOffered(4) == .accept)
        #expect(machine.pieceIsOffered(6) == .accept)
        #expect(machine.pieceIsOffered(1) == .refuse(.bodyTooLarge))
    }

    @Test("Sizes that would overflow are too large, not a trap")
    func overflow() {
        var machine = receiving()
        #expect(machine.pieceIsOffered(.max) == .accept)
        #expect(machine.pieceIsOffered(1) == .refuse(.bodyTooLarge))
    }

    @Test("A body before its head is refused")
    func bodyFirst() {
        var machine = Machine(bodyLimit: nil)
        #expect(machine.pieceIsOffered(1) == .refuse(.invalidResponse))
    }

    @Test("A reader that is gone refuses the rest")
    func gone() {
        var machine = receiving()
        _ = machine.pieceIsOffered(1)
        #expect(machine.pieceWasDelivered(.gone) == .refuse(.cancelled))
    }

    @Test("The end fails the head before it came, ends the body after, and happens once", arguments: [true, false])
    func ends(byCancellation: Bool) {
        func end(_ machine: inout Machine) -> Machine.EndAction {
            byCancellation ? machine.cancel() : machine.finish()
        }
        var early = Machine(bodyLimit: nil)
        #expect(end(&early) == .failHead)
        var late = receiving()
        #expect(end(&late) == .endBody)
        var held = pausedMachine()
        #expect(end(&held) == .endBody)
        for var ended in [early, late, held] {
            #expect(ended.state == (byCancellation ? .cancelled : .finished))
            #expect(ended.finish() == .nothing)
            #expect(ended.cancel() == .nothing)
            #expect(ended.resume() == .nothing)
            #expect(ended.headIsComplete() == .ignore)
            #expect(ended.pieceIsOffered(1) == .refuse(.cancelled))
            #expect(ended.pieceWasDelivered(.more) == .refuse(.cancelled))
            #expect(ended.state == (byCancellation ? .cancelled : .finished))
        }
    }
}
