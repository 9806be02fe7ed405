import NIOCore
import NIOHTTP1

/// Writes the answer to one request. To be used by the task that answers, which runs on the connection's event loop:
/// anywhere else it traps.
struct ResponseWriter: Sendable {
    /// Nobody reads what is written.
    struct ClientGone: Error {}

    private let connection: NIOLoopBound<HTTPConnection>
    /// The one who asked.
    let client: ConnectedClient

    init(connection: NIOLoopBound<HTTPConnection>, client: ConnectedClient) {
        self.connection = connection
        self.client = client
    }

    /// Writes a whole response.
    /// - Parameter isBehind: whether it leaves behind everything that the event loop has been given to do by now.
    /// - Throws: when the client is gone.
    func send(
        _ head: ResponseHead, body: ByteBuffer, to request: HTTPRequest, isBehind: Bool = false
    ) throws(ClientGone) {
        let connection = connection.value
        let isWanted = connection.isOpen
        if isWanted {
            let isHead = request.head.method == .HEAD
            connection.write(head, framing: .length(body.readableBytes), body: isHead ? nil : body)
        }
        finish(connection, isBehind: isBehind)
        if !isWanted { throw ClientGone() }
    }

    /// Begins a response of unknown length.
    /// - Returns: what ``write(_:framing:)`` and ``end(framing:)`` take.
    func begin(_ head: ResponseHead, for request: HTTPRequest) -> ResponseFraming {
        let framing: ResponseFraming = request.head.version == .http1_0 ? .untilClose : .chunked
        connection.value.write(head, framing: framing, body: nil)
        return framing
    }

    /// Writes a piece of the body, waiting while the client does not keep up.
    /// - Throws: when the client is gone; the response must be ended all the same.
    func write(_ piece: ByteBuffer, framing: ResponseFraming) async throws(ClientGone) {
        let connection = connection.value
        guard connection.isOpen else { throw ClientGone() }
        connection.write(piece: piece, framing: framing)
        if connection.output.bytes.readableBytes < ConnectionOutput.heldBytes { return connection.flushSoon() }
        // A provider that is always ahead must not keep the loop from its sockets, nor the bytes from the client.
        connection.flush()
        if connection.isWritable { await Task.yield() } else { await connection.untilWritable() }
    }

    /// Ends a response that was begun.
    /// - Parameter isBehind: as in ``send(_:body:to:isBehind:)``.
    /// - Throws: when the client is gone.
    func end(framing: ResponseFraming, isBehind: Bool = false) throws(ClientGone) {
        let connection = connection.value
        let isWanted = connection.isOpen
        if framing == .chunked { connection.writeLastChunk() }
        finish(connection, isBehind: isBehind)
        if !isWanted { throw ClientGone() }
    }

    /// Lets go what was written, and then the next request come.
    private func finish(_ connection: HTTPConnection, isBehind: Bool) {
        guard isBehind, let eventLoop = connection.context?.eventLoop else {
            connection.flush()
            return connection.didAnswer()
        }
        eventLoop.assumeIsolated().execute {
            connection.flush()
            connection.didAnswer()
        }
    }
}

extension HTTPConnection {
    fileprivate var isOpen: Bool { context?.channel.isActive ?? false }

    fileprivate var isWritable: Bool { context?.channel.isWritable ?? true }

    fileprivate func untilWritable() async {
        await withCheckedContinuation { continuation in
            if isWritable || !isOpen { continuation.resume() } else { output.wait(continuation) }
        }
    }
}
