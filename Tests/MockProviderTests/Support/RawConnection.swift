import NIOCore
import NIOPosix

/// A TCP connection that sends what it is told and keeps what comes, so that a test sees every byte.
final class RawConnection {
    /// Everything received so far.
    private(set) var received: [UInt8] = []

    private let channel: any Channel
    private var iterator: AsyncStream<[UInt8]>.Iterator

    private init(channel: any Channel, stream: AsyncStream<[UInt8]>) {
        self.channel = channel
        iterator = stream.makeAsyncIterator()
    }

    static func open(port: Int) async throws -> RawConnection {
        let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return RawConnection(channel: channel, stream: stream)
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    func close() async throws {
        try await channel.close()
    }

    /// Reads until the server closes; answers all that was received.
    func readToEnd() async -> RawResponse {
        while await readMore() {}
        return RawResponse(received)
    }

    /// Reads until `isEnough` says so; false if the server closed before.
    func read(until isEnough: (RawResponse) -> Bool) async -> Bool {
        while !isEnough(RawResponse(received)) {
            guard await readMore() else { return false }
        }
        return true
    }

    private func readMore() async -> Bool {
        guard let bytes = await iterator.next(isolation: #isolation) else { return false }
        received += bytes
        return true
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
