/// What a client has done since it was made. The counts are read one by one, not at one instant.
package struct CurlCounters: Sendable, Equatable {
    /// Connections opened; exchanges minus this is how often one was reused (or shared, with HTTP/2).
    package let connectionsOpened: Int
    package let exchangesStarted: Int
    package let exchangesInHand: Int
    /// How often a transfer was stopped because its reader fell behind.
    package let pauses: Int
    package let bodyBytesReceived: Int
}
