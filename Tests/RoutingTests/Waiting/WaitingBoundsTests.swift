import GatewayCore
import Testing

@testable import Routing

@Suite("The bounds of the waiting room")
struct WaitingBoundsTests {
    @Test("One that would wait longer than it may is refused at once, with the honest wait")
    func honest() {
        var lines = WaitingLines()
        #expect(lines.arrive("t", patience: .seconds(2), retryAfter: .seconds(3)) == nil)
        #expect(lines.last == .refused(.seconds(3)))
        // Four before it, a second each, and three until the first.
        for _ in 0..<4 { lines.arrive("t", retryAfter: .seconds(3)) }
        #expect(lines.arrive("t", patience: .milliseconds(6_900), retryAfter: .seconds(3)) == nil)
        #expect(lines.last == .refused(.seconds(7)))
        #expect(lines.arrive("t", patience: .seconds(7), retryAfter: .seconds(3)) != nil)
    }

    @Test("The wait of a tenant of its own counts what the others are served before it, not all they have")
    func fairWait() {
        var lines = WaitingLines()
        for _ in 0..<50 { lines.arrive("flood", retryAfter: .seconds(1)) }
        // At its turn the flood has been served as much as it.
        #expect(lines.arrive("quiet", patience: .milliseconds(1_100), retryAfter: nil) != nil)
        #expect(lines.arrive("quiet", patience: .milliseconds(2_900), retryAfter: nil) == nil)
        #expect(lines.last == .refused(.seconds(3)))
        #expect(lines.arrive("flood", patience: .seconds(20), retryAfter: nil) == nil)
    }

    @Test("One that has not asked yet waits only behind others")
    func unasked() {
        var lines = WaitingLines()
        #expect(lines.arrive("t", retryAfter: nil) == nil)
        #expect(lines.last == .asks)
        lines.arrive("t")
        #expect(lines.arrive("t", retryAfter: nil) != nil)
        #expect(lines.arrive("t", retryAfter: nil, lane: WaitingLane.Key(["c"])) == nil)
        #expect(lines.last == .asks)
    }

    @Test("One that takes the place of the only one in its line is called when there is room")
    func takesOver() {
        var lines = WaitingLines { $0.capacity = 2 }
        let line = WaitingLane.Key(["x"])
        lines.arrive("flood", retryAfter: .seconds(100))
        let out = lines.arrive("flood", retryAfter: .seconds(1), lane: line) ?? -1
        let quiet = lines.arrive("quiet", retryAfter: .seconds(1), lane: line) ?? -1
        #expect(lines.refused[out] != nil)
        lines.pass(.seconds(1))
        #expect(lines.called == [quiet])
        #expect(lines.machine.lanes[line]?.waiters.map(\.id) == [quiet])
    }

    @Test("Nobody waits longer than its deadline, and is told the honest rest")
    func deadline() {
        var lines = WaitingLines()
        let first = lines.arrive("t", patience: .seconds(2), retryAfter: .seconds(1)) ?? -1
        let second = lines.arrive("t", patience: .seconds(4), retryAfter: nil) ?? -1
        lines.pass(.seconds(1))
        #expect(lines.called == [first])
        lines.deny(first, retryAfter: .milliseconds(500))
        #expect(lines.last == .waits)
        lines.pass(.milliseconds(500))
        #expect(lines.called == [first, first])
        lines.deny(first, retryAfter: .seconds(9))
        #expect(lines.last == .refused(.seconds(9)))
        #expect(lines.machine.due == lines.now + .milliseconds(2_500))
        lines.pass(.milliseconds(2_500))
        #expect(lines.refused == [second: .milliseconds(6_500)])
        #expect(lines.machine.count == 0)
    }

    @Test("One whose turn comes at its deadline is still served")
    func onTime() {
        var lines = WaitingLines()
        let id = lines.arrive("t", patience: .seconds(1), retryAfter: .seconds(1))
        lines.pass(.seconds(1))
        #expect(lines.called == [id])
        #expect(lines.refused.isEmpty)
    }

    @Test("A full room refuses a tenant that fills it, and makes place for one that does not")
    func capacity() {
        var lines = WaitingLines { $0.capacity = 4 }
        let ids = (0..<4).compactMap { _ in lines.arrive("flood") }
        #expect(lines.arrive("flood") == nil)
        #expect(lines.last == .refused(.seconds(5)))
        #expect(lines.machine.count == 4)
        let quiet = lines.arrive("quiet")
        #expect(quiet != nil)
        #expect(Array(lines.refused.keys) == [ids[3]])
        #expect(lines.machine.count == 4)
        #expect(lines.arrive("quiet") != nil)
        // Now both have two.
        #expect(lines.arrive("quiet") == nil)
        #expect(lines.arrive("flood") == nil)
    }

    @Test("A room without places lets nobody wait")
    func noCapacity() {
        var lines = WaitingLines { $0.capacity = 0 }
        #expect(lines.arrive("t") == nil)
        #expect(lines.last == .refused(.seconds(1)))
    }

    @Test("Only one asks at a time; the end of a call lets it ask sooner, where that may help")
    func ends() {
        var lines = WaitingLines()
        let first = lines.arrive("t", retryAfter: .seconds(9), endsWithCalls: true) ?? -1
        let second = lines.arrive("t", retryAfter: nil) ?? -1
        lines.end(["z"])
        #expect(lines.called.isEmpty)
        lines.end(["b"])
        #expect(lines.called == [first])
        lines.pass(.seconds(60))
        #expect(lines.called == [first])
        lines.serve(first)
        #expect(lines.called == [first, second])
        lines.deny(second, retryAfter: .seconds(5))
        lines.end(["a"])
        #expect(lines.called == [first, second])
        lines.pass(.seconds(5))
        #expect(lines.called == [first, second, second])
    }

    @Test("A call that ends while somebody asks is not missed")
    func race() {
        var lines = WaitingLines()
        let id = lines.arrive("t", retryAfter: .zero, endsWithCalls: true) ?? -1
        #expect(lines.called == [id])
        lines.end(["a"])
        lines.deny(id, retryAfter: .seconds(1), endsWithCalls: true)
        #expect(lines.called == [id, id])
        lines.deny(id, retryAfter: .seconds(1), endsWithCalls: true)
        #expect(lines.called == [id, id])
    }

    @Test("One that leaves while it asks lets the next ask")
    func leavingWhileAsking() {
        var lines = WaitingLines()
        let first = lines.arrive("t", retryAfter: .zero) ?? -1
        let second = lines.arrive("t", retryAfter: nil) ?? -1
        lines.leave(first)
        #expect(lines.called == [first, second])
        lines.leave(second)
        lines.leave(second)
        lines.serve(first)
        #expect(lines.machine.count == 0)
    }
}
