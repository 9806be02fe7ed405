import Testing

@testable import Threads

@Suite("A value with a condition", .timeLimit(.minutes(1)))
struct ConditionBoxTests {
    @Test("Changes of many threads are all kept")
    func exclusion() {
        let box = ConditionBox(0)
        let threads = (0..<8).map { _ in
            NamedThread(name: "adder") {
                for _ in 0..<5_000 {
                    box.update { value in
                        value += 1
                        return ((), wake: false)
                    }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(box.update { ($0, wake: false) } == 40_000)
    }

    @Test("One wake releases every waiter whose condition holds, and no other")
    func waking() {
        let box = ConditionBox((value: 0, released: 0))
        func wait(for least: Int) -> NamedThread {
            NamedThread(name: "waiter") { box.wait(until: { $0.value >= least }, take: { $0.released += 1 }) }
        }
        let early = (0..<4).map { _ in wait(for: 1) }
        let late = wait(for: 2)
        box.update { state in
            state.value = 1
            return ((), wake: true)
        }
        for thread in early { thread.join() }
        #expect(box.update { ($0.released, wake: false) } == 4)
        box.update { state in
            state.value = 2
            return ((), wake: true)
        }
        late.join()
        #expect(box.update { ($0.released, wake: false) } == 5)
    }

    @Test("A condition that holds already is not waited for")
    func noWait() {
        let box = ConditionBox([1, 2])
        #expect(box.wait(until: { !$0.isEmpty }, take: { $0.removeFirst() }) == 1)
    }
}
