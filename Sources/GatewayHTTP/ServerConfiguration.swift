/// Where and how the gateway listens.
package struct ServerConfiguration: Sendable {
    package var host = "127.0.0.1"
    /// 0 takes any free port.
    package var port = 8080
    /// Event loops, each with a thread; 0 for one on each processor the process may use.
    package var threads = 0
    /// Larger bodies are refused with 413, in bytes.
    package var bodyBytesLimit = 10 * 1024 * 1024
    /// A connection on which nothing happens for so long is closed.
    package var idleTimeout: Duration = .seconds(180)
    /// How long a body may take to come behind its head.
    package var bodyTimeout: Duration = .seconds(30)
    /// How long the listener stays open after SIGTERM, for load balancers to see that `/readyz` says no.
    package var drainDelay: Duration = .zero
    /// How long requests in flight may take to end after SIGTERM.
    package var drain: Duration = .seconds(30)

    package init() {}
}
