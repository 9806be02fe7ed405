/// What a `ScriptedServer` has seen so far.
package struct ScriptedRecord: Sendable {
    /// One accepted connection.
    package struct Connection: Sendable {
        package internal(set) var requests = 0
        package internal(set) var isClosed = false
        /// Closed by the client, and not by the script or by the server's end.
        package internal(set) var peerClosed = false
    }

    /// In the order they were accepted.
    package internal(set) var connections: [Connection] = []
    /// Whole requests of all connections, in the order they came.
    package internal(set) var requests: [ScriptedRequest] = []

    /// How many connections the client has closed.
    package var peerCloses: Int { connections.count(where: \.peerClosed) }
}
