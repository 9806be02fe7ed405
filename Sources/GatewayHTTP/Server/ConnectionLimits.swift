import GatewayCore

/// What a client may take of the process.
struct ConnectionLimits: Sendable {
    /// A connection on which nothing happens for so long is closed; also how long a head may take to come.
    var idleTimeout: Duration
    /// How long the body may take to come behind its head.
    var bodyTimeout: Duration
    /// Of a request that was refused by its head so much is read and dropped, so that the connection can go on.
    var droppedBodyBytes = 1024 * 1024
    /// How long a client may take to read the last answer.
    var linger: Duration = .seconds(2)
    /// The longest head, in bytes.
    static let headBytes = 64 * 1024
}
