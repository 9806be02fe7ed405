import NIOCore
import Synchronization

/// One request at a `ScriptedServer`, and the means to answer it, well or badly. Every write is flushed at once and
/// returns when the system has taken the bytes.
package struct ScriptedExchange: Sendable {
    package let request: ScriptedRequest
    let channel: any Channel
    let connection: ScriptedConnection.Control

    /// A whole answer with its length.
    package func respond(
        _ status: Int = 200, headers: [(String, String)] = [], body: some Collection<UInt8>
    ) async throws {
        try await write(Self.head(status, headers + [("content-length", "\(body.count)")]) + Array(body))
    }

    /// A whole answer with its length.
    package func respond(_ status: Int = 200, headers: [(String, String)] = [], body: String = "") async throws {
        try await respond(status, headers: headers, body: Array(body.utf8))
    }

    /// A head alone; what frames the body is up to `headers`.
    package func head(_ status: Int = 200, headers: [(String, String)] = []) async throws {
        try await write(Self.head(status, headers))
    }

    /// The head of a chunked body.
    package func chunkedHead(_ status: Int = 200, headers: [(String, String)] = []) async throws {
        try await head(status, headers: headers + [("transfer-encoding", "chunked")])
    }

    /// One chunk with its frame. An empty one would end the body: use `endChunks`.
    package func chunk(_ bytes: some Collection<UInt8>) async throws {
        try await write(Self.chunk(bytes))
    }

    /// One chunk with its frame.
    package func chunk(_ text: String) async throws {
        try await chunk(Array(text.utf8))
    }

    /// The last chunk, with trailers.
    package func endChunks(trailers: [(String, String)] = []) async throws {
        try await write("0\r\n" + Self.lines(trailers) + "\r\n")
    }

    /// The head of a stream of server-sent events, chunked.
    package func eventHead(headers: [(String, String)] = []) async throws {
        try await chunkedHead(headers: [("content-type", "text/event-stream")] + headers)
    }

    /// One server-sent event in a chunk of its own.
    package func event(_ data: String, name: String? = nil) async throws {
        try await chunk((name.map { "event: \($0)\n" } ?? "") + "data: \(data)\n\n")
    }

    /// Bytes as they are, sound or not.
    package func write(_ bytes: some Collection<UInt8>) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: Array(bytes)))
    }

    /// Bytes as they are, sound or not.
    package func write(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    /// Each piece in a write of its own.
    package func write(pieces: [[UInt8]]) async throws {
        for piece in pieces { try await write(piece) }
    }

    /// The first `count` bytes, then the orderly end of the connection.
    package func write(_ text: String, cutAfter count: Int) async throws {
        try await write(Array(text.utf8.prefix(count)))
        try await close()
    }

    /// Ends the connection in order (FIN).
    package func close() async throws {
        connection.isClosedByScript.store(true, ordering: .relaxed)
        try await channel.close()
    }

    /// Ends the connection with a reset (RST): what was written but not read is lost.
    package func reset() async throws {
        connection.isClosedByScript.store(true, ordering: .relaxed)
        try await channel.closeWithReset().get()
    }

    /// Does nothing until the connection closes: a server that never answers.
    package func silence() async throws {
        try await channel.closeFuture.get()
    }

    /// The bytes of a response head.
    package static func head(_ status: Int, _ headers: [(String, String)]) -> [UInt8] {
        Array("HTTP/1.1 \(status) Scripted\r\n\(lines(headers))\r\n".utf8)
    }

    /// The bytes of one chunk with its frame.
    package static func chunk(_ bytes: some Collection<UInt8>) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + Array(bytes) + Array("\r\n".utf8)
    }

    private static func lines(_ headers: [(String, String)]) -> String {
        headers.map { "\($0.0): \($0.1)\r\n" }.joined()
    }
}
