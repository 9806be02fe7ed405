import NIOCore
import NIOHTTP1
import Synchronization

/// The server's end of one connection: gathers a request, then runs the script for it, then takes the next.
///
/// Lives on its channel's event loop; the script runs in a task that this handler owns.
final class ScriptedConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    /// What the script's side shares with the event loop.
    final class Control: Sendable {
        let isClosedByScript = Atomic<Bool>(false)
    }

    private let recorder: ScriptedRecorder
    private let script: ScriptedServer.Script
    private let control = Control()
    private var index = 0
    private var request: ScriptedRequest?
    private var waiting: [ScriptedRequest] = []
    private var running: Task<Void, Never>?

    init(recorder: ScriptedRecorder, script: @escaping ScriptedServer.Script) {
        self.recorder = recorder
        self.script = script
    }

    func channelActive(context: ChannelHandlerContext) {
        index = recorder.accepted(context.channel)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        recorder.closed(index, byPeer: !control.isClosedByScript.load(ordering: .relaxed))
        running?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            request = ScriptedRequest(
                connection: index, method: head.method.rawValue, target: head.uri,
                headers: head.headers.map { ($0.name, $0.value) })
        case .body(let bytes):
            request?.body.append(contentsOf: bytes.readableBytesView)
        case .end:
            guard let whole = request else { return }
            request = nil
            recorder.received(whole)
            waiting.append(whole)
            answerNext(context.channel)
        }
    }

    /// A broken request or connection: closing it is the answer.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answerNext(_ channel: any Channel) {
        guard running == nil, !waiting.isEmpty else { return }
        let exchange = ScriptedExchange(request: waiting.removeFirst(), channel: channel, connection: control)
        let script = script
        let ended = NIOLoopBound(self, eventLoop: channel.eventLoop)
        running = Task {
            do {
                try await script(exchange)
            } catch {
                // The client went away in the middle of the script, or the script failed: the connection is done.
                channel.close(promise: nil)
            }
            channel.eventLoop.execute {
                ended.value.running = nil
                ended.value.answerNext(channel)
            }
        }
    }
}
