/// A part of an answer that is under way, as followers read it.
package protocol FlightPiece: Sendable {
    /// What keeping it takes, in bytes.
    var bytes: Int { get }
}
