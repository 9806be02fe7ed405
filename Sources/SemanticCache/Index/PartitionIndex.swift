package import GatewayCore
import NIOConcurrencyHelpers
import VectorMath

/// The mirrored entries of one partition. Nothing outside it is ever compared with what is inside.
package final class PartitionIndex: Sendable {
    private struct Place {
        let chunk: IndexChunk
        let row: Int
    }

    private struct State {
        var chunks: [IndexChunk] = []
        var places: [EntryID: Place] = [:]
    }

    /// Chunks double from the first to the largest, so that a partition with one entry costs little and one with
    /// a million has few chunks.
    private static let firstChunkRows = 4
    private static let largestChunkRows = 4096

    private let dimension: Int
    private let state = NIOLockedValueBox(State())

    package init(dimension: Int) {
        self.dimension = dimension
    }

    /// Adds an entry or replaces the one of the same id.
    package func add(_ entry: MirroredEntry) {
        guard entry.embedding.dimension == dimension else { return }
        let row = IndexRow(id: entry.id, features: GuardFeatures(text: entry.question), expires: entry.expires)
        state.withLockedValue { state in
            if let place = state.places[entry.id] {
                if place.chunk.holds(entry.embedding, at: place.row) {
                    return place.chunk.update(row, at: place.row)
                }
                place.chunk.remove(at: place.row)
            }
            if let last = state.chunks.last, let place = last.append(row, embedding: entry.embedding) {
                state.places[entry.id] = Place(chunk: last, row: place)
                return
            }
            let rows = state.chunks.last.map { min($0.vectors.capacity * 2, Self.largestChunkRows) }
            let chunk = IndexChunk(capacity: rows ?? Self.firstChunkRows, dimension: dimension)
            if let place = chunk.append(row, embedding: entry.embedding) {
                state.places[entry.id] = Place(chunk: chunk, row: place)
            }
            state.chunks.append(chunk)
        }
    }

    /// Forgets an entry; no error when it is not there.
    package func remove(_ id: EntryID) {
        state.withLockedValue { state in
            guard let place = state.places.removeValue(forKey: id) else { return }
            place.chunk.remove(at: place.row)
            if place.chunk.isDead { state.chunks.removeAll { $0 === place.chunk } }
        }
    }

    /// Forgets what is expired at `now`.
    package func removeExpired(at now: UnixTime) {
        let expired = state.withLockedValue { state in
            state.chunks.flatMap { $0.rows.compactMap { $0.flatMap { $0.expires <= now ? $0.id : nil } } }
        }
        for id in expired { remove(id) }
    }

    /// Forgets what is not among `kept`.
    package func removeAll(except kept: Set<EntryID>) {
        for id in state.withLockedValue({ $0.places.keys.filter { !kept.contains($0) } }) { remove(id) }
    }

    package var count: Int { state.withLockedValue { $0.places.count } }

    /// What a scan reads: a snapshot that later additions do not change.
    var chunks: [IndexChunk] { state.withLockedValue { $0.chunks } }
}
