import NIOCore
import NIOPosix
import NIOSSL

extension RedisError {
    /// What an error of the transport means for a client of Redis.
    init(connecting error: any Error) {
        switch error {
        case let error as RedisError: self = error
        case let error as NIOSSLError: self.init(.tls, "TLS with the server failed: \(error)")
        case let error as NIOSSLExtraError: self.init(.tls, "the server's certificate was refused: \(error)")
        case ChannelError.connectTimeout: self.init(.unavailable, "no connection within the connect timeout")
        case let error as NIOConnectionError:
            let reason = error.connectionErrors.first.map { "\($0.error)" } ?? "the host name has no address"
            self.init(.unavailable, "cannot connect to \(error.host):\(error.port): \(reason)")
        default: self.init(.unavailable, "cannot connect: \(error)")
        }
    }
}
