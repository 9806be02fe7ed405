package import GatewayCore
import NIOConcurrencyHelpers

/// Moves over a store of one process.
package final class ReembeddingMemory: ReembeddingStore {
    private struct Move {
        let present: EncoderIdentity
        var cursor = "0"
        var rounds = 0
        var isComplete = false
        var rest: ContinuousClock.Instant?
    }

    private struct State {
        var holder: String?
        var moves: [EncoderIdentity: Move] = [:]
    }

    private let store: InMemoryCacheStore
    private let stepLimit: Int
    private let state = NIOLockedValueBox(State())

    /// - Parameter stepLimit: entries of one step.
    package init(_ store: InMemoryCacheStore, stepLimit: Int = 128) {
        self.store = store
        self.stepLimit = max(stepLimit, 1)
    }

    package func claim(
        _ move: EncoderMove, by replica: String
    ) async throws(CacheStoreError) -> ReembeddingStanding {
        state.withLockedValue { state in
            let known = state.moves[move.former].flatMap { $0.present == move.present ? $0 : nil }
            let isMine = (state.holder ?? replica) == replica && (known?.rest ?? .now) <= .now
            if isMine {
                state.holder = replica
                state.moves[move.former] = known ?? Move(present: move.present)
                state.moves[move.present] = nil
            }
            return ReembeddingStanding(
                isMine: isMine, cursor: known?.cursor ?? "0", rounds: known?.rounds ?? 0,
                isComplete: known?.isComplete ?? false)
        }
    }

    package func advance(
        _ move: EncoderMove, by replica: String, to cursor: String
    ) async throws(CacheStoreError) -> Bool {
        change(move, by: replica) { $0.cursor = cursor }
    }

    package func endRound(
        of move: EncoderMove, by replica: String, isComplete: Bool, rest: Duration?
    ) async throws(CacheStoreError) -> Bool {
        let isMine = change(move, by: replica) { move in
            move.cursor = "0"
            move.rounds += 1
            move.isComplete = isComplete
            move.rest = rest.map { ContinuousClock.now + $0 }
        }
        if isMine, rest != nil { leave() }
        return isMine
    }

    /// As if who does a move had said nothing for a while.
    package func leave() { state.withLockedValue { $0.holder = nil } }

    private func change(_ move: EncoderMove, by replica: String, _ change: (inout Move) -> Void) -> Bool {
        state.withLockedValue { state in
            guard state.holder == replica, var known = state.moves[move.former], known.present == move.present
            else { return false }
            change(&known)
            state.moves[move.former] = known
            return true
        }
    }

    package func step(of move: EncoderMove, from cursor: String) async throws(CacheStoreError) -> FormerStep {
        let all = store.all.sorted { $0.id.description < $1.id.description }
        let start = Int(cursor) ?? 0
        let end = start + stepLimit
        var step = FormerStep(next: end < all.count ? "\(end)" : "0")
        for entry in all.dropFirst(start).prefix(stepLimit) where entry.vector?.encoder == move.former {
            let tenant = entry.labels?.labels?.tenant ?? .open
            if try await store.load(entry.id, in: entry.partition, of: tenant) == nil {
                step.skipped[.purged, default: 0] += 1
            } else if let question = entry.question, entry.curation?.distractors.isEmpty ?? true {
                step.entries.append(FormerEntry(entry: entry, question: question))
            } else {
                step.skipped[.unasked, default: 0] += 1
            }
        }
        return step
    }

    package func write(
        _ entry: FormerEntry, _ vectors: [EmbeddingVector], of move: EncoderMove
    ) async throws(CacheStoreError) -> Bool {
        guard let vector = vectors.first, var standing = store.standing(entry.entry.id).entry,
            standing.partition == entry.entry.partition, standing.created == entry.entry.created,
            standing.vector?.encoder == move.former
        else { return false }
        standing.vector = EntryVector(encoder: move.present, embedding: vector)
        try await store.save(standing)
        return true
    }
}
