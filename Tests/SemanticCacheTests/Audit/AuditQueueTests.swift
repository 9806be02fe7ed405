import GatewayCore
import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("Cases that wait for a judge")
struct AuditQueueTests {
    private func pair(_ number: Int) -> AuditQueue<Int, Bool>.Pair {
        .init(asked: SampleEntries.id(number), entry: SampleEntries.id(number + 1), answer: 1)
    }

    @Test("Cases come out in the order in which they came, each pair once")
    func order() {
        var queue = AuditQueue<Int, Bool>(limit: 10)
        for number in 0..<5 { #expect(queue.add(number, about: pair(number)) == .queued) }
        #expect(queue.add(99, about: pair(2)) == .joined)
        #expect((0..<5).map { _ in queue.take() } == [0, 1, 2, 3, 4])
        #expect(queue.take() == nil)
        #expect(queue.add(98, about: pair(2)) == .joined, "also after it was taken")
        queue.forget(pair(2))
        #expect(queue.add(2, about: pair(2)) == .queued)
        #expect(queue.take() == 2)
        #expect(queue.settle(pair(2), as: true) == [], "what had joined is forgotten with the pair")
    }

    @Test("What joins a pair comes out when that is settled; later ones hear the verdict, and another answer is new")
    func settled() {
        var queue = AuditQueue<Int, Bool>(limit: 2)
        _ = queue.add(0, about: pair(0))
        #expect((1..<4).map { queue.add($0, about: pair(0)) } == [.joined, .joined, .full])
        #expect(queue.take() == 0)
        #expect(queue.take() == nil)
        #expect(queue.settle(pair(0), as: false) == [1, 2])
        #expect(queue.add(4, about: pair(0)) == .settled(false))
        #expect(queue.settle(pair(0), as: true) == [], "once")
        let remade = AuditQueue<Int, Bool>.Pair(
            asked: SampleEntries.id(0), entry: SampleEntries.id(1), answer: 2)
        #expect(queue.add(5, about: remade) == .queued)
        #expect(queue.add(6, about: remade) == .joined, "there is room again")
        _ = queue.settle(remade, as: nil)
        #expect(queue.add(7, about: remade) == .settled(nil))
    }

    @Test("The queue never holds more than its limit, and what it refuses may come again")
    func bound() {
        var queue = AuditQueue<Int, Bool>(limit: 3)
        for number in 0..<3 { _ = queue.add(number, about: pair(number)) }
        #expect(queue.add(3, about: pair(3)) == .full)
        #expect(queue.count == 3)
        #expect(queue.take() == 0)
        #expect(queue.add(3, about: pair(3)) == .queued)
    }

    @Test("Like a list with a limit, for any order of adding and taking")
    func model() {
        let seed: UInt64 = 71
        var generator = SeededGenerator(seed: seed)
        var queue = AuditQueue<Int, Bool>(limit: 8)
        var list: [Int] = []
        for number in 0..<20_000 {
            if Bool.random(using: &generator) {
                let admission = queue.add(number, about: pair(2 * number))
                if list.count < 8 { list.append(number) }
                #expect(admission == (list.last == number ? .queued : .full), "seed \(seed)")
            } else {
                #expect(queue.take() == (list.isEmpty ? nil : list.removeFirst()), "seed \(seed)")
            }
            #expect(queue.count == list.count)
        }
    }

    @Test("Pairs are forgotten only after many others")
    func memory() {
        var queue = AuditQueue<Int, Bool>(limit: 1)
        let limit = AuditQueue<Int, Bool>.memory
        for number in 0..<limit {
            _ = queue.add(number, about: pair(2 * number))
            _ = queue.take()
        }
        #expect(queue.add(0, about: pair(0)) == .joined)
        _ = queue.add(limit, about: pair(2 * limit))
        _ = queue.take()
        #expect(queue.add(0, about: pair(0)) == .queued)
    }
}
