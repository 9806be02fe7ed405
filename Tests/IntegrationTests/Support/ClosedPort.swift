import NIOCore
import NIOPosix

/// A port at which every connection is refused.
enum ClosedPort {
    /// Bound a moment ago and closed again.
    static func find() async throws -> Int {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close()
        return port
    }
}
