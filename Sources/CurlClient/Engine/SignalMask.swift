#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The signals of the calling thread.
enum SignalMask {
    /// Keeps SIGPIPE from the calling thread: with `CURLOPT_NOSIGNAL` libcurl leaves that to its user, and a TLS
    /// library may write to a connection that the peer has closed.
    static func blockBrokenPipe() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
