package import GatewayCore
import NIOConcurrencyHelpers
import VectorMath

/// The mirrored entries of one partition. Nothing outside it is ever compared with what is inside.
///
/// Whoever adds holds `writer`, also while vectors are written, directions learned and sparse chunks packed: other
/// writers wait for that. `state` is held for a lookup or a change of places, so that scans and removals never wait
/// for more. Of the two, `writer` is taken first.
package final class PartitionIndex: Sendable {
    /// Where appending stands.
    struct Writer {
        /// The directions along which new chunks are sketched; nil as long as the partition is small.
        var basis: SketchBasis?
        /// How many entries there were when they were learned.
        var learnedFrom = 0
    }

    /// Chunks double from the first to the largest, so that a partition with one entry costs little and one with
    /// a million has few chunks.
    private static let firstChunkRows = 4
    static let largestChunkRows = 4096

    let dimension: Int
    let file: VectorFile?
    /// Whose it is; nil when that is not known.
    let owner: PartitionOwner?
    let writer = NIOLockedValueBox(Writer())
    let state = NIOLockedValueBox(PartitionState())

    /// - Parameter file: where the vectors go; nil keeps them in memory.
    init(dimension: Int, file: VectorFile?, owner: PartitionOwner? = nil) {
        self.owner = owner
        self.dimension = dimension
        self.file = file
    }

    /// A partition whose vectors are kept in memory.
    package convenience init(dimension: Int) { self.init(dimension: dimension, file: nil) }

    /// Adds an entry or replaces the one of the same id. Vectors that are not of finite numbers are left out.
    package func add(_ entry: MirroredEntry) {
        let vector = entry.embedding.components
        guard vector.count == dimension, vector.allSatisfy(\.isFinite) else { return }
        let key = EntryKey(entry.id)
        let features = entry.features
        let group = entry.group ?? key.ownGroup
        writer.withLockedValue { writer in
            let known = state.withLockedValue { $0.place(of: key) }
            if let place = known, place.chunk.holds(entry.embedding, at: place.row) {
                return place.chunk.update(
                    at: place.row, features: features, expires: entry.expires, group: group)
            }
            let row = NewRow(key: key, features: features, expires: entry.expires, group: group, vector: vector)
            append(row, &writer)
        }
    }

    /// Puts a row into the last chunk, or into a new one. The row that stood under its key is struck out.
    private func append(_ row: NewRow, _ writer: inout Writer) {
        let last = state.withLockedValue { $0.chunks.last }
        if let last, let place = last.append(row) {
            return state.withLockedValue { $0.record(row.key, in: last, at: place) }
        }
        let capacity = last.map { min($0.capacity * 2, Self.largestChunkRows) } ?? Self.firstChunkRows
        if capacity == Self.largestChunkRows {
            learn(&writer)
            pack()
        }
        // In memory when the disk took the row no more.
        for file in [file, nil] {
            let chunk = IndexChunk(capacity: capacity, dimension: dimension, basis: writer.basis, file: file)
            guard let place = chunk.append(row) else { continue }
            return state.withLockedValue { state in
                state.chunks.append(chunk)
                state.record(row.key, in: chunk, at: place)
            }
        }
    }

    /// Whether an entry stands here.
    func holds(_ id: EntryID) -> Bool { state.withLockedValue { $0.place(of: EntryKey(id)) != nil } }

    /// Forgets an entry; no error when it is not there.
    package func remove(_ id: EntryID) {
        state.withLockedValue { $0.forget(EntryKey(id)) }
    }

    /// Forgets an entry found to be gone from the store or purged, unless it was stored anew since `row` was read:
    /// then its expiry is another.
    package func remove(_ row: IndexRow) {
        state.withLockedValue { state in
            let key = EntryKey(row.id)
            guard let place = state.place(of: key), place.chunk.row(at: place.row)?.expires == row.expires
            else { return }
            state.release(key, until: row.expires)
        }
    }

    /// Forgets what is expired at `now`.
    package func removeExpired(at now: UnixTime) {
        state.withLockedValue { state in
            for chunk in state.chunks { state.forget(chunk.removeExpired(at: now), of: chunk) }
            state.forgetReleased { $1 <= now }
        }
        packIfSparse()
    }

    /// Forgets what is not among `kept`.
    package func removeAll(except kept: Set<EntryID>) {
        let kept = Set(kept.map(EntryKey.init))
        state.withLockedValue { state in
            for key in state.keys.filter({ !kept.contains($0) }) { state.forget(key) }
            state.forgetReleased { key, _ in !kept.contains(key) }
        }
        packIfSparse()
    }

    package var count: Int { state.withLockedValue { $0.count } }

    /// Whether nothing is known of any entry.
    var isBlank: Bool { state.withLockedValue { $0.count == 0 && $0.released.isEmpty } }

    /// What a scan reads: a snapshot that later additions do not change.
    var chunks: [IndexChunk] { state.withLockedValue { $0.chunks } }
}

/// A row on its way into a chunk.
struct NewRow {
    let key: EntryKey
    let features: [UInt8]
    let expires: UnixTime
    let group: UInt64
    let vector: [Float]
}
