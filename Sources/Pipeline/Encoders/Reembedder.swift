package import Embedding
import GatewayCore
package import Logging
import NIOConcurrencyHelpers
package import SemanticCache

/// Gives what the encoder before has stored vectors of the present one, beside the requests. Each replica has one; of
/// all of them one works at a time, and the others hear how far it is.
package final class Reembedder: Sendable {
    package let move: EncoderMove
    let embedder: any Embedder
    let store: any ReembeddingStore
    let pace: ReembeddingPace
    let replica: String
    let onOutcome: @Sendable (ReembeddingOutcome, Int) -> Void
    let deadlines = EmbeddingDeadlines(after: .seconds(10))
    let logger: Logger
    private let isDone = NIOLockedValueBox(false)
    private let ends: AsyncStream<Void>
    private let end: AsyncStream<Void>.Continuation

    /// Between looks at what others do, and after failures, growing.
    private static let pauses: ClosedRange<Duration> = .milliseconds(100) ... .seconds(5)
    /// From a round that did something to the one that sees whether anything is left.
    private static let breath: Duration = .seconds(1)

    /// - Parameters:
    ///   - embedder: the present encoder; fails while it is not known to be the one its name stands for.
    ///   - replica: another name for each process.
    ///   - onOutcome: hears what became of entries, and of how many. What cannot change from round to round is told by
    ///     the first one alone.
    package init(
        _ move: EncoderMove, embedder: any Embedder, store: any ReembeddingStore, pace: ReembeddingPace,
        replica: String = "\(UInt64.random(in: .min ... .max))", logger: Logger,
        onOutcome: @escaping @Sendable (ReembeddingOutcome, Int) -> Void
    ) {
        self.move = move
        self.embedder = embedder
        self.store = store
        self.pace = pace
        self.replica = replica
        self.logger = logger
        self.onOutcome = onOutcome
        (ends, end) = AsyncStream.makeStream()
    }

    /// Whether a replica has found nothing that only the encoder before finds. Once true it stays so in this process:
    /// what is stored with that encoder later is found by the rounds to come.
    package var isComplete: Bool { isDone.withLockedValue { $0 } }

    /// Returns when it is complete, or the task is cancelled. For one caller.
    package func waitUntilComplete() async { for await _ in ends {} }

    /// Works until the task is cancelled.
    package func run() async {
        var pause = Self.pauses.lowerBound
        var isTold = false
        while !Task.isCancelled {
            do {
                let isDue = try await turn()
                isTold = false
                pause = Self.pauses.lowerBound
                try? await Task.sleep(for: isDue ? Self.breath : Self.pauses.upperBound)
            } catch {
                isTold = tell(error, isTold: isTold)
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, Self.pauses.upperBound)
            }
        }
    }

    /// Walks over all entries, if it is this replica's turn.
    /// - Returns: whether there may be more to do at once.
    func turn() async throws -> Bool {
        let standing = try await store.claim(move, by: replica)
        if standing.isComplete { complete() }
        guard standing.isMine else { return false }
        guard let round = try await walk(from: standing) else { return true }
        let isWhole = standing.cursor == "0"
        let isDue = round.written > 0 || !isWhole
        let isEmpty = round.found == 0 && (isWhole || standing.isComplete)
        let isMine = try await store.endRound(
            of: move, by: replica, isComplete: isEmpty, rest: isDue ? nil : pace.rest)
        if round.written > 0 {
            logger.notice(
                "stored questions have the present encoder's vectors now",
                metadata: ["count": "\(round.written)", "left": "\(round.found - round.written)"])
        }
        if isMine, isEmpty { complete() }
        return isDue
    }

    private func complete() {
        let wasDone = isDone.withLockedValue { isDone in
            defer { isDone = true }
            return isDone
        }
        if wasDone { return }
        logger.notice(
            "the present encoder finds all that is stored: the one before is no longer asked, and can be taken out",
            metadata: ["former": "\(move.former)", "present": "\(move.present)"])
        end.finish()
    }

    /// - Returns: whether it has been told by now.
    private func tell(_ error: any Error, isTold: Bool) -> Bool {
        let code = (error as? EmbeddingError)?.code
        // The encoder's own check tells of that.
        if isTold || Task.isCancelled || code == .unproven { return isTold }
        // Of a service's own words nothing: they may repeat its key.
        let reason = code?.rawValue ?? "\(error)"
        logger.warning(
            "stored questions wait for the present encoder's vectors", metadata: ["reason": "\(reason)"])
        return true
    }
}
