import Foundation
import Testing

@testable import Threads

@Suite("Named threads", .timeLimit(.minutes(1)))
struct NamedThreadTests {
    /// The names of this process's threads, as the system shows them.
    private func names() -> [String] {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        return tasks.compactMap { task in
            try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8)
                .trimmingCharacters(in: .newlines)
        }
    }

    @Test("A thread runs under its name, of which the system keeps 15 bytes, until its body ends",
          arguments: [("scan-77", "scan-77"), ("a-rather-long-name", "a-rather-long-n")])
    func name(name: String, shown: String) {
        let box = ConditionBox((hasStarted: false, mayEnd: false))
        let thread = NamedThread(name: name) {
            box.update { state in
                state.hasStarted = true
                return ((), wake: true)
            }
            box.wait(until: { $0.mayEnd }, take: { _ in })
        }
        box.wait(until: { $0.hasStarted }, take: { _ in })
        #expect(thread.name == name)
        #expect(names().contains(shown))
        box.update { state in
            state.mayEnd = true
            return ((), wake: true)
        }
        thread.join()
    }

    @Test("A join returns behind everything the body did")
    func join() {
        for _ in 0..<200 {
            let box = ConditionBox(0)
            let thread = NamedThread(name: "counter") {
                for _ in 0..<100 { box.update { value in
                    value += 1
                    return ((), wake: false)
                } }
            }
            thread.join()
            #expect(box.update { ($0, wake: false) } == 100)
        }
    }

    @Test("A body runs on a stack of the size that was asked for")
    func stack() {
        let box = ConditionBox(0)
        // Half a megabyte a frame: more than this stack minus one frame would crash the process.
        NamedThread(name: "deep", stackSize: 16 << 20) {
            let depth = Self.descend(20)
            box.update { value in
                value = depth
                return ((), wake: false)
            }
        }.join()
        #expect(box.update { ($0, wake: false) } == 20)
    }

    @inline(never)
    private static func descend(_ depth: Int) -> Int {
        guard depth > 0 else { return 0 }
        return withUnsafeTemporaryAllocation(byteCount: 1 << 19, alignment: 16) { bytes in
            bytes[0] = 1
            return Int(bytes[0]) + descend(depth - 1)
        }
    }
}
