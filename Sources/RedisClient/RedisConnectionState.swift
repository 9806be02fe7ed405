/// Whether commands can be sent, as reported on every change.
package enum RedisConnectionState: Sendable, Equatable {
    /// At least one connection is ready.
    case connected
    /// No connection is ready; the reason is the last one that ended or could not be made.
    case disconnected(RedisError)
}
