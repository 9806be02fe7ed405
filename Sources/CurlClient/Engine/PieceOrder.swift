import Synchronization

/// Orders the bytes of a piece before their reader, in terms ThreadSanitizer knows.
///
/// The resumption of the reading task does so by itself, but when it comes before the task has gone to sleep the
/// Swift runtime does not tell ThreadSanitizer, which then reports the piece as a race.
final class PieceOrder: Sendable {
    private let pieces = Atomic<Int>(0)

    /// The engine has filled a piece and is about to hand it over.
    func willHandOver() {
        pieces.wrappingAdd(1, ordering: .releasing)
    }

    /// The reader has a piece and is about to look at it.
    func didReceive() {
        _ = pieces.load(ordering: .acquiring)
    }
}
