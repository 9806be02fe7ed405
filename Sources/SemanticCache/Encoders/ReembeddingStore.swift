package import GatewayCore

/// How far a move is.
package struct ReembeddingStanding: Sendable, Equatable {
    /// Whether it is the caller's to do now.
    package let isMine: Bool
    /// Where to go on; `0` for a new round.
    package let cursor: String
    /// Rounds over all entries that have ended.
    package let rounds: Int
    /// Whether a whole round has found nothing that only the former encoder finds.
    package let isComplete: Bool

    package init(isMine: Bool, cursor: String = "0", rounds: Int = 0, isComplete: Bool = false) {
        self.isMine = isMine
        self.cursor = cursor
        self.rounds = rounds
        self.isComplete = isComplete
    }
}

/// Where stored questions get another encoder's vectors. Of all replicas one does it at a time, whatever the move.
/// Redis in production; ``ReembeddingMemory`` in tests.
package protocol ReembeddingStore: Sendable {
    /// Asks to do a move, or to go on with it: nobody else does it until the caller has said nothing for a while.
    /// - Parameter replica: another name for each process.
    func claim(_ move: EncoderMove, by replica: String) async throws(CacheStoreError) -> ReembeddingStanding

    /// Tells that the caller is still at it, and from where another would go on.
    /// - Returns: false when it is no longer the caller's.
    func advance(_ move: EncoderMove, by replica: String, to cursor: String) async throws(CacheStoreError) -> Bool

    /// Ends a round.
    /// - Parameter rest: for how long nobody begins another one; nil when the caller does so at once.
    /// - Returns: false when it was no longer the caller's.
    func endRound(
        of move: EncoderMove, by replica: String, isComplete: Bool, rest: Duration?
    ) async throws(CacheStoreError) -> Bool

    /// Looks through some entries for those of the former encoder.
    func step(of move: EncoderMove, from cursor: String) async throws(CacheStoreError) -> FormerStep

    /// Puts the present encoder's vectors in the place of the former one's and tells the change log; all else stays as
    /// it is: answer, life, labels, the purges that count for it.
    /// - Parameter vectors: of ``FormerEntry/texts``.
    /// - Returns: false, and nothing is changed, when what stands there is no longer what was read.
    func write(
        _ entry: FormerEntry, _ vectors: [EmbeddingVector], of move: EncoderMove
    ) async throws(CacheStoreError) -> Bool
}
