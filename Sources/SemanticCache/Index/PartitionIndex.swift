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

        /// Strikes the entry's row out and lets go of a chunk in which nothing is left.
        mutating func forget(_ id: EntryID) {
            guard let place = places.removeValue(forKey: id) else { return }
            place.chunk.remove(at: place.row)
            dropIfDead(place.chunk)
        }

        mutating func dropIfDead(_ chunk: IndexChunk) {
            if chunk.isDead { chunks.removeAll { $0 === chunk } }
        }
    }

    /// Chunks double from the first to the largest, so that a partition with one entry costs little and one with
    /// a million has few chunks.
    private static let firstChunkRows = 4
    private static let largestChunkRows = 4096

    let dimension: Int
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
                state.forget(entry.id)
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
        state.withLockedValue { $0.forget(id) }
    }

    /// Forgets an entry found to be gone from the store, unless it was stored anew since `row` was read: then its
    /// expiry is another.
    package func remove(_ row: IndexRow) {
        state.withLockedValue { state in
            guard let place = state.places[row.id], place.chunk.row(at: place.row)?.expires == row.expires
            else { return }
            state.forget(row.id)
        }
    }

    /// Forgets what is expired at `now`.
    package func removeExpired(at now: UnixTime) {
        state.withLockedValue { state in
            for chunk in state.chunks {
                let expired = chunk.removeExpired(at: now)
                for id in expired { state.places[id] = nil }
                if !expired.isEmpty { state.dropIfDead(chunk) }
            }
        }
    }

    /// Forgets what is not among `kept`.
    package func removeAll(except kept: Set<EntryID>) {
        state.withLockedValue { state in
            for id in state.places.keys.filter({ !kept.contains($0) }) { state.forget(id) }
        }
    }

    package var count: Int { state.withLockedValue { $0.places.count } }

    /// What a scan reads: a snapshot that later additions do not change.
    var chunks: [IndexChunk] { state.withLockedValue { $0.chunks } }
}
