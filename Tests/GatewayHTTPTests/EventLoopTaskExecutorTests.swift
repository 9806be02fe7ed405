import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Testing

@testable import GatewayHTTP

@Suite("Tasks on an event loop", .timeLimit(.minutes(1)))
struct EventLoopTaskExecutorTests {
    private let executor = EventLoopTaskExecutor(eventLoop: MultiThreadedEventLoopGroup.singleton.next())

    @Test("A task stays on the loop before and behind what it waits for, its children too")
    func staysOnLoop() async {
        let loop = executor.eventLoop
        let places = await Task(executorPreference: executor) {
            var places = [loop.inEventLoop]
            await Task.detached {}.value
            places.append(loop.inEventLoop)
            await withTaskGroup(of: Bool.self) { group in
                group.addTask { loop.inEventLoop }
                for await place in group { places.append(place) }
            }
            return places
        }.value
        #expect(places == [true, true, true])
    }

    @Test("What is enqueued by many threads at once runs once each")
    func everyJobRuns() async {
        let count = NIOLockedValueBox(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<500 {
                        await Task(executorPreference: executor) { count.withLockedValue { $0 += 1 } }.value
                    }
                }
            }
        }
        #expect(count.withLockedValue { $0 } == 4_000)
    }

    @Test("Tasks that never cease to yield leave the loop to others")
    func yieldingTasks() async throws {
        let task = Task(executorPreference: executor) { while !Task.isCancelled { await Task.yield() } }
        let other = executor.eventLoop.submit { true }
        #expect(try await other.get())
        task.cancel()
        await task.value
    }
}
