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
            return place
        }
    }

    /// Strikes a row out.
    func remove(at place: Int) {
        state.withLockedValue { state in
            guard state.rows[place] != nil else { return }
            state.rows[place] = nil
            state.living -= 1
        }
    }

    /// Replaces what is known of a row whose vector stays.
    func update(_ row: IndexRow, at place: Int) {
        state.withLockedValue { $0.rows[place] = row }
    }

    /// Whether the vector at `place` is exactly this one.
    func holds(_ embedding: EmbeddingVector, at place: Int) -> Bool {
        vectors.withRow(place) { row in
            row.indices.allSatisfy { row[$0] == embedding.components[$0] }
        } ?? false
    }

    /// The rows as they stand now.
    var rows: [IndexRow?] { state.withLockedValue { $0.rows } }

    var isDead: Bool { state.withLockedValue { $0.living == 0 } }
}
