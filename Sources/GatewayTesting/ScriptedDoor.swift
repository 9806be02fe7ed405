/// What a `ScriptedServer` does with a new connection.
package enum ScriptedDoor: Sendable {
    /// Reads requests and runs the script.
    case open
    /// Accepts, reads and says nothing, not even a TLS greeting.
    case mute
    /// Resets the connection at the first byte.
    case slammed
}
