/// How a `CurlClient` connects and what it puts up with.
package struct CurlClientConfiguration: Sendable, Equatable {
    /// The most connections open at once, and to one host. Exchanges beyond wait, under their own deadlines.
    package var maximumConnections = 1024
    package var maximumConnectionsPerHost = 256
    /// How long an idle connection is kept for reuse. Below the 60 s after which common load balancers close
    /// theirs, so that a request seldom meets a connection that is just being closed.
    package var keepAlive = Duration.seconds(55)
    /// Whether `https` connections offer HTTP/2. Plain `http` stays with HTTP/1.1.
    package var isHTTP2Enabled = true
    /// A file of trusted certificates (PEM), and a directory of them; nil for the system's.
    package var certificateAuthorityFile: String?
    package var certificateAuthorityDirectory: String?
    /// Whether the server's certificate and name are checked. Turn off in tests only.
    package var verifiesCertificates = true
    package var proxy = CurlProxy.none
    /// The most bytes of a response head, all its lines together.
    package var maximumHeadBytes = 64 * 1024
    package var userAgent = "refrain"
    /// The most exchanges in hand at once, waiting ones included; more are refused with `tooManyWaiting`.
    package var maximumExchanges = 8192

    package init() {}
}
