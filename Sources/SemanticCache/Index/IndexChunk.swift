import GatewayCore
import NIOConcurrencyHelpers
import VectorMath

/// A run of rows whose vectors lie side by side. Rows are only ever appended or struck out, never moved, so a scan
/// reads vectors without a lock while others append.
final class IndexChunk: Sendable {
    let vectors: VectorChunk
    private let state: NIOLockedValueBox<State>

    private struct State {
        /// One per vector; nil once struck out.
        var rows: [IndexRow?] = []
        var living = 0
        /// No living row expires before this; may be too early, never too late.
        var soonestExpiry = UnixTime(milliseconds: .max)

        mutating func strike(_ place: Int) {
            guard rows.indices.contains(place), rows[place] != nil else { return }
            rows[place] = nil
            living -= 1
        }
    }

    init(capacity: Int, dimension: Int) {
        self.vectors = VectorChunk(dimension: dimension, capacity: capacity)
        self.state = NIOLockedValueBox(State())
    }

    /// - Returns: the row's place in the chunk; nil when the chunk is full. One caller at a time: the partition's
    ///   lock sees to it.
    func append(_ row: IndexRow, embedding: EmbeddingVector) -> Int? {
        state.withLockedValue { state in
            guard let place = vectors.append(embedding.components.span) else { return nil }
            state.rows.append(row)
            state.living += 1
            state.soonestExpiry = min(state.soonestExpiry, row.expires)
            return place
        }
    }

    /// Strikes a row out.
    func remove(at place: Int) {
        state.withLockedValue { $0.strike(place) }
    }

    /// Replaces what is known of a row whose vector stays.
    func update(_ row: IndexRow, at place: Int) {
        state.withLockedValue { state in
            state.rows[place] = row
            state.soonestExpiry = min(state.soonestExpiry, row.expires)
        }
    }

    /// Strikes out what is expired at `now`. Costs nothing when that is nothing.
    /// - Returns: the entries that stood there.
    func removeExpired(at now: UnixTime) -> [EntryID] {
        state.withLockedValue { state in
            guard state.soonestExpiry <= now else { return [] }
            var expired: [EntryID] = []
            var soonest = UnixTime(milliseconds: .max)
            for place in state.rows.indices {
                guard let row = state.rows[place] else { continue }
                if row.expires <= now {
                    expired.append(row.id)
                    state.strike(place)
                } else {
                    soonest = min(soonest, row.expires)
                }
            }
            state.soonestExpiry = soonest
            return expired
        }
    }

    /// Whether the vector at `place` is exactly this one.
    func holds(_ embedding: EmbeddingVector, at place: Int) -> Bool {
        vectors.withRow(place) { row in
            row.indices.allSatisfy { row[$0] == embedding.components[$0] }
        } ?? false
    }

    /// The row at `place` as it stands now; nil once struck out.
    func row(at place: Int) -> IndexRow? { state.withLockedValue { $0.rows[place] } }

    /// The rows as they stand now.
    var rows: [IndexRow?] { state.withLockedValue { $0.rows } }

    var isDead: Bool { state.withLockedValue { $0.living == 0 } }
}
