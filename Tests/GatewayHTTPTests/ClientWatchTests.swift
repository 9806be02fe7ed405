import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Testing

@testable import GatewayHTTP

@Suite("Noticing that a client is gone")
struct ClientWatchTests {
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

    @Test("Work for a client that is gone is cancelled, and runs on the connection's event loop")
    func cancellation() async {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let client = ConnectedClient(executor: EventLoopTaskExecutor(eventLoop: loop))
        client.watch.gone()
        let (wasCancelled, wasOnLoop) = await client.whilePresent {
            while !Task.isCancelled { await Task.yield() }
            return (Task.isCancelled, loop.inEventLoop)
        }
        #expect(wasCancelled)
        #expect(wasOnLoop)
    }
}
