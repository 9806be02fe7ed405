/// What a follower hears of the call it waits for.
package enum FlightNews<Piece: FlightPiece>: Sendable {
    /// The next parts of the answer, at least one. With the cosine of the question that is answered, here and below,
    /// if that is another one.
    case pieces([Piece], similarity: Float?)
    /// The answer is whole; nothing follows.
    case landed(FlightLanding, similarity: Float?)
    /// The call failed, and another would not do better; nothing follows.
    case failed(FlightFailure)
    /// Parts of the answer are missing, as they were not read in time; nothing follows.
    case lost
    /// The leader gave up: it is this one's turn to call. Nothing follows.
    case leads(FlightNumber)
    /// The call does not help it: it should look again who answers its question. Nothing follows.
    /// - Parameter failures: how many calls have failed over it.
    case again(failures: Int)
}
