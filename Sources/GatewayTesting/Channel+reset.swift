import Glibc
import NIOCore

extension Channel {
    /// Closes with a reset (RST) instead of an orderly end: without lingering the system drops what is unsent.
    func closeWithReset() -> EventLoopFuture<Void> {
        guard let socket = self as? any SocketOptionProvider else { return close() }
        return socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).flatMap { self.close() }
    }
}
