/// Where the server is and how the client behaves.
package struct RedisClientConfiguration: Sendable, Equatable {
    package var address: RedisAddress
    /// Nil for a server that asks for none.
    package var credentials: RedisCredentials?
    /// The numbered database to select on every connection.
    package var database = 0
    /// Nil for plain text.
    package var tls: RedisTLS?
    /// Time to connect, including name resolution, TLS and `AUTH`.
    package var connectTimeout: Duration = .seconds(1)
    /// Time from the submission of a command to its reply, unless the call names its own.
    package var commandTimeout: Duration = .milliseconds(25)
    /// A connection that stays silent for this many command timeouts after a command timed out on it is
    /// replaced. Fewer would drop connections whose server runs one slow script.
    package var stalledAfterTimeouts = 20
    /// Connections for `send`; each dedicated connection comes on top.
    package var connectionCount = 2
    /// Commands that may wait on one connection, sent or not; more are refused at once.
    package var maximumQueuedCommands = 16_384
    /// Bytes of the longest reply accepted.
    package var maximumReplySize = 64 * 1_024 * 1_024
    /// The waits between attempts to connect.
    package var backoff = RedisBackoff()
    /// What `CLIENT LIST` shows; nil sets no name. Must have no spaces.
    package var clientName: String? = "refrain"

    package init(address: RedisAddress = .host("127.0.0.1", port: 6_379)) {
        self.address = address
    }

    /// Throws `.invalidConfiguration` if a value is out of its range.
    func validate() throws(RedisError) {
        try require(connectionCount >= 1 && connectionCount <= 64, "connectionCount must be 1 to 64")
        try require(maximumQueuedCommands >= 1, "maximumQueuedCommands must be at least 1")
        try require(maximumReplySize >= 1_024, "maximumReplySize must be at least 1024 bytes")
        try require(database >= 0, "database must not be negative")
        try require(commandTimeout > .zero && connectTimeout > .zero, "timeouts must be positive")
        try require(stalledAfterTimeouts >= 1, "stalledAfterTimeouts must be at least 1")
        let printable = clientName?.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ?? true
        try require(printable, "clientName must be printable ASCII without spaces")
    }

    private func require(_ condition: Bool, _ message: String) throws(RedisError) {
        if !condition { throw RedisError(.invalidConfiguration, message) }
    }
}
