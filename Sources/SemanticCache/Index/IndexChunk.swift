import GatewayCore
import NIOConcurrencyHelpers
import VectorMath

/// A run of rows whose codes lie side by side. Rows are only ever appended or struck out, never moved, so a scan
/// reads codes without a lock while others append.
final class IndexChunk: Sendable {
    let codes: CodeRows
    private let vectors: FullRows
    private let state: NIOLockedValueBox<State>

    private struct State {
        var details: RowDetails
        var sketch: SketchRows?
        var living = 0
        /// No living row expires before this; may be too early, never too late.
        var soonestExpiry = UnixTime(milliseconds: .max)
        /// Takes no more rows: there is a better chunk for them, or the disk is full.
        var isSealed = false

        mutating func strike(_ place: Int) {
            guard details.isLiving(place) else { return }
            details.strike(place)
            living -= 1
        }
    }

    /// - Parameters:
    ///   - basis: nil for a chunk that is scanned by its codes alone.
    ///   - file: nil to keep the vectors in memory.
    init(capacity: Int, dimension: Int, basis: SketchBasis?, file: VectorFile?) {
        self.codes = CodeRows(dimension: dimension, capacity: capacity)
        self.vectors = FullRows(dimension: dimension, capacity: capacity, file: file)
        let sketch = basis.map { SketchRows(basis: $0, capacity: capacity) }
        self.state = NIOLockedValueBox(State(details: RowDetails(capacity: capacity), sketch: sketch))
    }

    var capacity: Int { codes.capacity }

    /// - Returns: the row's place in the chunk; nil when the chunk takes no more. One caller at a time: the
    ///   partition's `writer` sees to that.
    func append(_ row: NewRow) -> Int? {
        let place = codes.count
        let isSealed = state.withLockedValue { $0.isSealed }
        guard !isSealed, place < codes.capacity, row.vector.count == codes.dimension else { return nil }
        guard vectors.write(row.vector, at: place) else {
            seal()
            return nil
        }
        // Before the codes are seen: whoever sees a row finds what belongs to it.
        let sketch = state.withLockedValue { state in
            state.details.append(row.key, features: row.features, expires: row.expires, group: row.group)
            state.living += 1
            state.soonestExpiry = min(state.soonestExpiry, row.expires)
            return state.sketch
        }
        _ = codes.append(row.vector)
        sketch?.append(row.vector)
        return place
    }

    /// Takes no more rows from now on.
    func seal() { state.withLockedValue { $0.isSealed = true } }

    /// What the first look of a scan reads; nil while there is none.
    var sketch: SketchRows? { state.withLockedValue { $0.sketch } }

    /// Draws a sketch along `basis` and puts it in the place of the one there is. Only for a chunk that takes no more
    /// rows. Costs a few microseconds a row, without a lock.
    func redraw(along basis: SketchBasis) {
        let sketch = SketchRows(basis: basis, capacity: codes.capacity)
        var vector = [Float](repeating: 0, count: codes.dimension)
        for row in 0..<codes.count {
            guard vectors.read(row, into: &vector) else { return }
            sketch.append(vector)
        }
        state.withLockedValue { $0.sketch = sketch }
    }

    /// Strikes a row out.
    func remove(at place: Int) {
        state.withLockedValue { $0.strike(place) }
    }

    /// Replaces what is known of a row whose vector stays.
    func update(at place: Int, features: [UInt8], expires: UnixTime, group: UInt64) {
        state.withLockedValue { state in
            guard state.details.isLiving(place) else { return }
            state.details.update(place, features: features, expires: expires, group: group)
            state.soonestExpiry = min(state.soonestExpiry, expires)
        }
    }

    /// Strikes out what is expired at `now`. Costs nothing when that is nothing.
    /// - Returns: the entries that stood there.
    func removeExpired(at now: UnixTime) -> [EntryKey] {
        state.withLockedValue { state in
            guard state.soonestExpiry <= now else { return [] }
            var expired: [EntryKey] = []
            var soonest = UnixTime(milliseconds: .max)
            for place in 0..<state.details.count {
                guard let expires = state.details.expiry(place), let key = state.details.key(place) else { continue }
                if expires <= now {
                    expired.append(key)
                    state.strike(place)
                } else {
                    soonest = min(soonest, expires)
                }
            }
            state.soonestExpiry = soonest
            return expired
        }
    }

    /// Fills `vector` with the row at `place`, as it came. False when it cannot be read.
    func read(_ place: Int, into vector: inout [Float]) -> Bool { vectors.read(place, into: &vector) }

    /// Whether the vector at `place` is exactly this one.
    func holds(_ embedding: EmbeddingVector, at place: Int) -> Bool {
        var vector = [Float](repeating: 0, count: codes.dimension)
        return vectors.read(place, into: &vector) && vector == embedding.components
    }

    /// The row at `place` as it stands now; nil once struck out.
    func row(at place: Int) -> IndexRow? { state.withLockedValue { $0.details[place] } }

    /// The key a row was written with, also of one that is struck out.
    func recordedKey(at place: Int) -> EntryKey? { state.withLockedValue { $0.details.recordedKey(place) } }

    /// Everything but the vector, as it stands now; nil once struck out.
    func details(at place: Int) -> (key: EntryKey, features: [UInt8], expires: UnixTime, group: UInt64)? {
        state.withLockedValue { state in
            guard let key = state.details.key(place), let expires = state.details.expiry(place),
                let group = state.details.group(place)
            else { return nil }
            return (key, state.details.encodedFeatures(place), expires, group)
        }
    }

    /// Calls `body` with each row that lives longer than an instant, and when it expires.
    func forEach(livingAfter instant: UnixTime, _ body: (EntryKey, UnixTime) -> Void) {
        state.withLockedValue { $0.details.forEach(livingAfter: instant, body) }
    }

    func isLiving(_ place: Int) -> Bool { state.withLockedValue { $0.details.isLiving(place) } }

    /// The rows as they stand now.
    var rows: [IndexRow?] {
        state.withLockedValue { state in (0..<state.details.count).map { state.details[$0] } }
    }

    /// Rows that were ever appended, and those of them that live.
    var counts: (rows: Int, living: Int) { state.withLockedValue { ($0.details.count, $0.living) } }

    var isDead: Bool { state.withLockedValue { $0.living == 0 } }
}
