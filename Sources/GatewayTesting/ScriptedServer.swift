import NIOCore
import NIOHTTP1
import NIOPosix
package import NIOSSL

/// An HTTP/1.1 server on a real socket whose every byte the test decides: the provider that misbehaves.
///
///     let gate = ProceedGate()
///     let server = try await ScriptedServer.start { exchange in
///         try await exchange.eventHead()
///         try await exchange.event("first")
///         try await gate.wait()          // until the test calls gate.proceed()
///         try await exchange.reset()
///     }
///
/// The script runs once for each request, after the request was received whole; when it returns, the connection
/// stays open for the next. A script that throws ends its connection. `wait(until:)` awaits what the server sees.
package final class ScriptedServer: Sendable {
    package typealias Script = @Sendable (ScriptedExchange) async throws -> Void

    private let listener: any Channel
    private let recorder: ScriptedRecorder
    private let scheme: String

    /// Listens on a free port of 127.0.0.1.
    /// - Parameters:
    ///   - tls: the server's certificate and key; nil for plain text.
    ///   - door: what becomes of a new connection.
    ///   - script: answers one request.
    package static func start(
        tls: TLSConfiguration? = nil, door: ScriptedDoor = .open, script: @escaping Script = { _ in }
    ) async throws -> ScriptedServer {
        let recorder = ScriptedRecorder()
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    guard door == .open else {
                        return try pipeline.addHandler(ClosedDoor(door, recorder: recorder))
                    }
                    if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
                    try pipeline.addHandler(
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
                    try pipeline.addHandler(ScriptedConnection(recorder: recorder, script: script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ScriptedServer(listener: listener, recorder: recorder, scheme: tls == nil ? "http" : "https")
    }

    private init(listener: any Channel, recorder: ScriptedRecorder, scheme: String) {
        self.listener = listener
        self.recorder = recorder
        self.scheme = scheme
    }

    package var port: Int { listener.localAddress?.port ?? 0 }

    /// An address on this server.
    /// - Parameter host: what the client connects to, such as `localhost` for a certificate with that name.
    package func url(_ path: String = "/", host: String = "127.0.0.1") -> String {
        "\(scheme)://\(host):\(port)\(path)"
    }

    /// What the server has seen so far.
    package var record: ScriptedRecord { recorder.record }

    /// Waits for what the server sees. Give the test a time limit: nothing else ends a wait in vain.
    package func wait(until isMet: @escaping @Sendable (ScriptedRecord) -> Bool) async {
        await recorder.wait(until: isMet)
    }

    /// Stops listening and closes all connections, which ends their scripts.
    package func stop() async {
        try? await listener.close()
        for channel in recorder.channels { try? await channel.close() }
    }
}
