import NIOCore

/// A connection on which no script runs. Lives on its channel's event loop.
final class ClosedDoor: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let door: ScriptedDoor
    private let recorder: ScriptedRecorder
    private var index = 0

    init(_ door: ScriptedDoor, recorder: ScriptedRecorder) {
        self.door = door
        self.recorder = recorder
    }

    func channelActive(context: ChannelHandlerContext) {
        index = recorder.accepted(context.channel)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if door == .slammed { context.channel.closeWithReset().whenFailure { _ in } }
    }

    func channelInactive(context: ChannelHandlerContext) {
        recorder.closed(index, byPeer: door == .mute)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
