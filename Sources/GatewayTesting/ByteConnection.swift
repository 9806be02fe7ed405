import NIOCore
import NIOPosix

/// A client's TCP connection that sends what it is told and hands out what comes, as it comes. Used from one task.
package final class ByteConnection {
    private let channel: any Channel
    private var iterator: AsyncStream<[UInt8]>.Iterator

    private init(channel: any Channel, stream: AsyncStream<[UInt8]>) {
        self.channel = channel
        iterator = stream.makeAsyncIterator()
    }

    package static func open(port: Int) async throws -> ByteConnection {
        let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return ByteConnection(channel: channel, stream: stream)
    }

    package func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// Hands the bytes over without waiting until the system has taken them.
    package func begin(sending bytes: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }

    package func close() async throws {
        try await channel.close()
    }

    /// What came next; nil once the connection is closed.
    package func next() async -> [UInt8]? {
        await iterator.next(isolation: #isolation)
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let continuation: AsyncStream<[UInt8]>.Continuation

        init(_ continuation: AsyncStream<[UInt8]>.Continuation) {
            self.continuation = continuation
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            continuation.yield(Array(unwrapInboundIn(data).readableBytesView))
        }

        func channelInactive(context: ChannelHandlerContext) {
            continuation.finish()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
