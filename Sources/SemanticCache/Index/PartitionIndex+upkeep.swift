import NIOConcurrencyHelpers
import VectorMath

extension PartitionIndex {
    /// How many times more entries than at the last learning are worth another.
    private static let growthToLearnAgain = 16
    private static let sampleRows = 4096

    /// Learns directions for the sketches when there are none, or the partition has grown far beyond those it was
    /// learned from. Older chunks keep what they have; those without any are sketched now.
    func learn(_ writer: inout Writer) {
        let count = count
        guard dimension >= SketchBasis.smallestDimension, count >= SketchBasis.smallestSample,
            count >= Self.growthToLearnAgain * writer.learnedFrom
        else { return }
        // What is learned from is remembered also when nothing came of it: not every chunk shall try anew.
        writer.learnedFrom = count
        let (sample, rows) = sample()
        guard let basis = SketchBasis(sample: sample, rows: rows) else { return }
        writer.basis = basis
        for chunk in chunks where chunk.sketch == nil && chunk.counts.rows >= Self.worthSketching {
            chunk.seal()
            chunk.redraw(along: basis)
        }
    }

    /// Smaller chunks are scanned by their codes alone.
    private static let worthSketching = 64

    /// Vectors from all over the partition.
    private func sample() -> (Matrix, rows: Int) {
        let chunks = chunks
        let total = chunks.reduce(0) { $0 + $1.counts.rows }
        let sample = Matrix(rows: min(total, Self.sampleRows), columns: dimension)
        var vector = [Float](repeating: 0, count: dimension)
        var (filled, passed) = (0, 0)
        for chunk in chunks {
            let rows = chunk.counts.rows
            // Row n of the sample is the one at n / sample of the whole.
            while filled < sample.rows, filled * total / max(sample.rows, 1) < passed + rows {
                let row = filled * total / sample.rows - passed
                guard row >= 0, chunk.read(row, into: &vector) else { return (sample, filled) }
                sample.setRow(filled, to: vector)
                filled += 1
            }
            passed += rows
        }
        return (sample, filled)
    }

    /// Packs sparse chunks if there are any.
    func packIfSparse() {
        guard chunks.dropLast().contains(where: Self.isSparse) else { return }
        writer.withLockedValue { _ in pack() }
    }

    /// Writes the living rows of sparse chunks into new ones and lets the old ones go. Only with `writer` held; scans
    /// that began before go on with the old ones.
    func pack() {
        for chunk in chunks.dropLast() where Self.isSparse(chunk) { pack(chunk) }
    }

    /// At most half of the rows live: a new chunk costs as many writes as rows were removed since, so that removing
    /// pays for packing.
    private static func isSparse(_ chunk: IndexChunk) -> Bool {
        let (rows, living) = chunk.counts
        return rows >= worthSketching && living * 2 <= rows
    }

    private func pack(_ chunk: IndexChunk) {
        let (rows, living) = chunk.counts
        guard living > 0 else { return }
        let packed = IndexChunk(capacity: living, dimension: dimension, basis: chunk.sketch?.basis, file: file)
        var vector = [Float](repeating: 0, count: dimension)
        var moved: [(key: EntryKey, from: Int, to: Int)] = []
        for row in 0..<rows {
            guard let details = chunk.details(at: row) else { continue }
            guard chunk.read(row, into: &vector),
                let place = packed.append(
                    NewRow(
                        key: details.key, features: details.features, expires: details.expires, group: details.group,
                        vector: vector))
            else { return }
            moved.append((details.key, row, place))
        }
        packed.seal()
        state.withLockedValue { state in
            guard let index = state.chunks.firstIndex(where: { $0 === chunk }) else { return }
            state.chunks.insert(packed, at: index)
            for (key, from, to) in moved {
                // Removed or updated meanwhile? Additions cannot be: they wait for `writer`.
                if let place = state.place(of: key), place.chunk === chunk, place.row == from {
                    state.record(key, in: packed, at: to, keepingOld: true)
                } else {
                    packed.remove(at: to)
                }
            }
            state.drop(chunk)
            if packed.isDead { state.drop(packed) }
        }
    }
}
