import GatewayTesting
import Testing

@testable import Routing

@Suite("Deadlines in order")
struct DeadlineQueueTests {
    @Test("The first is the soonest of all, whatever was set, changed and removed before")
    func order() {
        let start = ContinuousClock.now
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<50 {
            var queue = DeadlineQueue<Int>()
            var known: [Int: ContinuousClock.Instant] = [:]
            for _ in 0..<300 {
                let key = Int.random(in: 0..<40, using: &generator)
                if Int.random(in: 0..<3, using: &generator) == 0 {
                    queue.remove(key)
                    known[key] = nil
                } else {
                    let due = start + .seconds(Int.random(in: 0..<20, using: &generator))
                    queue.set(key, due)
                    known[key] = due
                }
                #expect(queue.count == known.count)
                #expect(queue.first?.due == known.values.min())
                if let first = queue.first { #expect(known[first.key] == first.due) }
            }
            var drained: [ContinuousClock.Instant] = []
            while let first = queue.first {
                drained.append(first.due)
                queue.remove(first.key)
            }
            #expect(drained == known.values.sorted())
        }
    }

    @Test("The room's next time is that of a walk over all who wait, through random lives of many lines")
    func roomDue() {
        var generator = SeededGenerator(seed: 80)
        var lines = WaitingLines { $0.capacity = 40 }
        for step in 0..<3_000 {
            switch Int.random(in: 0..<6, using: &generator) {
            case 0...2:
                lines.arrive(
                    "t\(Int.random(in: 0..<5, using: &generator))",
                    patience: .milliseconds(Int.random(in: 100..<20_000, using: &generator)),
                    retryAfter: .milliseconds(Int.random(in: 0..<3_000, using: &generator)), endsWithCalls: true,
                    lane: WaitingLane.Key(["l\(Int.random(in: 0..<6, using: &generator))"]))
            case 3: lines.pass(.milliseconds(Int.random(in: 0..<1_000, using: &generator)))
            case 4:
                guard let id = lines.called.randomElement(using: &generator) else { continue }
                if Bool.random(using: &generator) { lines.serve(id) } else { lines.deny(id, retryAfter: .seconds(1)) }
            default:
                if Bool.random(using: &generator) {
                    lines.leave(Int.random(in: 0...lines.lastID, using: &generator))
                } else {
                    lines.end(["l\(Int.random(in: 0..<6, using: &generator))"])
                }
            }
            #expect(lines.machine.due == lines.machine.dueByWalking, "step \(step)")
        }
        #expect(lines.machine.count > 0)
    }

    @Test("The figures are of those who wait, by the class they came in, and of the one that came first")
    func figures() {
        var lines = WaitingLines()
        #expect(lines.machine.figures(now: lines.now) == WaitingFigures())
        lines.arrive("a", priority: .batch, retryAfter: .seconds(100))
        lines.now += .seconds(3)
        let second = lines.arrive("a", retryAfter: .seconds(100))
        lines.arrive("b", retryAfter: .seconds(100))
        lines.now += .seconds(2)
        var figures = lines.machine.figures(now: lines.now)
        #expect(figures.waiting == [.batch: 1, .usual: 2] && figures.oldest == .seconds(5))
        lines.leave(1)
        lines.leave(second ?? 0)
        figures = lines.machine.figures(now: lines.now)
        #expect(figures.waiting == [.usual: 1] && figures.oldest == .seconds(2))
    }
}
