import NIOConcurrencyHelpers
import NIOCore
import NIOEmbedded
import Testing

@testable import GatewayHTTP

@Suite("Noticing that a client is gone")
struct ClientWatchTests {
    private let watch = ClientWatch()

    @Test("The end of the client's side calls each watcher once and closes the connection")
    func inputClosed() throws {
        let channel = EmbeddedChannel(handler: watch)
        try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let calls = NIOLockedValueBox<[String]>([])
        _ = watch.watch { calls.withLockedValue { $0.append("a") } }
        let id = watch.watch { calls.withLockedValue { $0.append("b") } }
        watch.unwatch(id)
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.outputClosed)
        #expect(calls.withLockedValue { $0 } == [])
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        channel.embeddedEventLoop.run()
        #expect(calls.withLockedValue { $0 } == ["a"])
        #expect(!channel.isActive)
    }

    @Test("A connection that breaks calls the watchers, too; who comes later is called at once")
    func inactive() throws {
        let channel = EmbeddedChannel(handler: watch)
        let calls = NIOLockedValueBox(0)
        _ = watch.watch { calls.withLockedValue { $0 += 1 } }
        channel.pipeline.fireChannelInactive()
        channel.pipeline.fireChannelInactive()
        #expect(calls.withLockedValue { $0 } == 1)
        _ = watch.watch { calls.withLockedValue { $0 += 1 } }
        #expect(calls.withLockedValue { $0 } == 2)
    }

    @Test("Work for a client whose connection has lost its handlers is cancelled at once")
    func closedChannel() async {
        let client = ConnectedClient(channel: NIOAsyncTestingChannel())
        let wasCancelled = await client.whilePresent {
            await withTaskCancellationHandler {
                while !Task.isCancelled { await Task.yield() }
                return Task.isCancelled
            } onCancel: {
            }
        }
        #expect(wasCancelled)
    }
}
