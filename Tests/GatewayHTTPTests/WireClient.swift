import Foundation
import NIOCore
import NIOPosix

/// A TCP connection that sends what it is told and reads one response after the other.
final class WireClient {
    /// One response, its body without the framing.
    struct Response {
        var status = 0
        var headers: [String: String] = [:]
        var body = ""
    }

    struct Ended: Error {
        let received: String
    }

    private let channel: any Channel
    private var iterator: AsyncStream<ByteBuffer>.Iterator
    private var received: [UInt8] = []

    init(port: Int) async throws {
        let (stream, continuation) = AsyncStream<ByteBuffer>.makeStream()
        channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        iterator = stream.makeAsyncIterator()
    }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }

    func send(_ method: String, _ path: String, headers: [String] = [], body: String = "") async throws {
        let lines = ["\(method) \(path) HTTP/1.1", "host: test", "content-length: \(body.utf8.count)"] + headers
        try await send(lines.map { $0 + "\r\n" }.joined() + "\r\n" + body)
    }

    func ask(_ method: String, _ path: String, headers: [String] = [], body: String = "") async throws -> Response {
        try await send(method, path, headers: headers, body: body)
        return try await response()
    }

    func close() async throws { try await channel.close() }

    func startReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
        channel.read()
    }

    /// Leaves what comes from here on to the kernel.
    func stopReading() async throws { try await channel.setOption(.autoRead, value: false).get() }

    /// The head of the next response.
    func head() async throws -> Response {
        let end = try await find("\r\n\r\n")
        let lines = String(decoding: received[..<end], as: UTF8.self).components(separatedBy: "\r\n")
        received.removeFirst(end + 4)
        var response = Response()
        response.status = Int(lines[0].split(separator: " ")[1]) ?? 0
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[colon...].dropFirst().trimmingCharacters(in: .whitespaces)
            response.headers[line[..<colon].lowercased()] = value
        }
        return response
    }

    /// The next chunk of a chunked body; empty at its end.
    func chunk() async throws -> String {
        let end = try await find("\r\n")
        let size = Int(String(decoding: received[..<end], as: UTF8.self), radix: 16) ?? 0
        received.removeFirst(end + 2)
        let chunk = try await take(size)
        _ = try await take(2)
        return chunk
    }

    func response() async throws -> Response {
        var response = try await head()
        if let length = response.headers["content-length"].flatMap({ Int($0) }) {
            response.body = try await take(length)
            return response
        }
        while true {
            let chunk = try await chunk()
            if chunk.isEmpty { return response }
            response.body += chunk
        }
    }

    /// Reads until the server closes its side; answers what came meanwhile.
    func end() async -> String {
        while await readMore() {}
        return String(decoding: received, as: UTF8.self)
    }

    private func take(_ count: Int) async throws -> String {
        while received.count < count { try await needMore() }
        defer { received.removeFirst(count) }
        return String(decoding: received[..<count], as: UTF8.self)
    }

    private func find(_ mark: String) async throws -> Int {
        while true {
            if let range = received.firstRange(of: Array(mark.utf8)) { return range.lowerBound }
            try await needMore()
        }
    }

    private func needMore() async throws {
        guard await readMore() else { throw Ended(received: String(decoding: received, as: UTF8.self)) }
    }

    private func readMore() async -> Bool {
        guard let bytes = await iterator.next(isolation: #isolation) else { return false }
        received += Array(bytes.readableBytesView)
        return true
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let continuation: AsyncStream<ByteBuffer>.Continuation

        init(_ continuation: AsyncStream<ByteBuffer>.Continuation) { self.continuation = continuation }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(unwrapInboundIn(data)) }

        func channelInactive(context: ChannelHandlerContext) { continuation.finish() }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
