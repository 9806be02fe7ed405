import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Testing

@testable import GatewayHTTP

@Suite("Noticing that a client is gone")
struct ClientWatchTests {
    private static func client() -> ConnectedClient {
        ConnectedClient(executor: EventLoopTaskExecutor(eventLoop: MultiThreadedEventLoopGroup.singleton.next()))
    }

    @Test("Each watcher is called once, those that ended their watch not at all, who comes later at once")
    func watchers() {
        let watch = ClientWatch()
        let calls = NIOLockedValueBox<[String]>([])
        _ = watch.whenGone { calls.withLockedValue { $0.append("a") } }
        let unwatch = watch.whenGone { calls.withLockedValue { $0.append("b") } }
        unwatch()
        #expect(calls.withLockedValue { $0 } == [])
        watch.gone()
        watch.gone()
        #expect(calls.withLockedValue { $0 } == ["a"])
        _ = watch.whenGone { calls.withLockedValue { $0.append("c") } }
        #expect(calls.withLockedValue { $0 } == ["a", "c"])
    }

    @Test("Work for a client that is gone is cancelled", arguments: [true, false])
    func cancellation(isGoneBefore: Bool) async {
        let client = Self.client()
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        if isGoneBefore { client.watch.gone() }
        let task = Task {
            let wasCancelled = await client.whilePresent {
                begin.finish()
                while !Task.isCancelled { await Task.yield() }
                return Task.isCancelled
            }
            #expect(wasCancelled)
        }
        client.watch.answers(task)
        for await _ in began {}
        client.watch.gone()
        await task.value
    }

    @Test("A task that is behind what the client waits for is not cancelled")
    func goneBehind() async {
        let client = Self.client()
        let (behind, tellBehind) = AsyncStream.makeStream(of: Void.self)
        let (gone, tellGone) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            await client.whilePresent {}
            tellBehind.finish()
            // Ends for a cancelled task, too.
            for await _ in gone {}
            #expect(!Task.isCancelled)
        }
        client.watch.answers(task)
        for await _ in behind {}
        client.watch.gone()
        tellGone.finish()
        await task.value
    }
}
