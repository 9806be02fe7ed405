import Testing

@testable import Threads

@Suite("Inbox")
struct InboxTests {
    @Test("The first element says that a sleeping reader must be woken, later ones do not")
    func firstAndQueued() {
        let inbox = Inbox<Int>(limit: 3)
        #expect(inbox.append(1) == .first)
        #expect(inbox.append(2) == .queued)
        #expect(inbox.drain() == [1, 2])
        #expect(inbox.append(3) == .first)
    }

    @Test("A full inbox refuses and keeps what it has")
    func full() {
        let inbox = Inbox<Int>(limit: 2)
        _ = inbox.append(1)
        _ = inbox.append(2)
        #expect(inbox.append(3) == .full)
        #expect(inbox.drain() == [1, 2])
    }

    @Test("A closed inbox refuses, but what was queued is still delivered, then nil")
    func closed() {
        let inbox = Inbox<Int>(limit: 2)
        _ = inbox.append(1)
        inbox.close()
        #expect(inbox.append(2) == .closed)
        #expect(inbox.waitAndDrain() == [1])
        #expect(inbox.waitAndDrain() == nil)
    }

    @Test("Nothing is lost or doubled between many writers and one reader", arguments: [4, 16])
    func manyWriters(writers: Int) async {
        let inbox = Inbox<Int>(limit: 1_000_000)
        let perWriter = 2_000
        let total = await withTaskGroup(of: Void.self, returning: Set<Int>.self) { group in
            let seen = Seen()
            let reader = NamedThread(name: "reader") {
                while let batch = inbox.waitAndDrain() { seen.add(batch) }
            }
            for writer in 0..<writers {
                group.addTask { for index in 0..<perWriter { _ = inbox.append(writer * perWriter + index) } }
            }
            await group.waitForAll()
            inbox.close()
            reader.join()
            return seen.all
        }
        #expect(total == Set(0..<writers * perWriter))
    }
}

/// What the reader took. Safe because only the reader writes, and it is read after the reader was joined.
private final class Seen: @unchecked Sendable {
    private(set) var all: Set<Int> = []

    func add(_ batch: [Int]) {
        for element in batch {
            precondition(all.insert(element).inserted, "element \(element) came twice")
        }
    }
}
