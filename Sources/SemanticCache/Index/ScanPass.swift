import GatewayCore
import VectorMath

/// Answers queries of one partition in one pass over its chunks: a chunk is scored for each of them while its codes
/// are in the processor's cache. Holds scratch memory between passes; one thread owns it.
///
/// Three looks at a row, each with an upper bound of the dot product, so that no row is passed over that could change
/// the answer: a sketch of 32 to 64 bytes, one byte a component, and the vector itself (docs/decisions/0008).
package final class ScanPass {
    /// What a pass has looked at, for the benchmark.
    package struct Tally: Sendable {
        package var rows = 0
        /// Blocks of sixteen rows whose sketches were read to the end.
        package var blocksEntered = 0
        /// Rows scored by their codes.
        package var coded = 0
        /// Rows scored exactly.
        package var exact = 0
    }

    private struct Asked {
        let query: CodeQuery
        var nearest: Nearest
        /// By the identity of the basis' directions.
        var sketches: [ObjectIdentifier: SketchQuery] = [:]

        mutating func weights(for basis: SketchBasis) -> SketchQuery {
            if let known = sketches[basis.identity] { return known }
            let weights = SketchQuery(query, basis: basis)
            sketches[basis.identity] = weights
            return weights
        }
    }

    package private(set) var tally = Tally()
    private let scratch = (0..<SketchRows.together).map { _ in CodeScratch() }
    private var vector: [Float]
    private var candidates: [(row: Int, bound: Float)] = []

    package init(dimension: Int) {
        vector = [Float](repeating: 0, count: dimension)
    }

    /// The nearest entries of each query, in their order.
    package func run(_ queries: [ScanQuery], in partition: PartitionIndex) -> [ScanResult] {
        let isEmpty = partition.count == 0
        var asked: [Asked?] = queries.map { query in
            guard query.vector.dimension == vector.count, let codes = CodeQuery(query.vector.components) else {
                return nil
            }
            return Asked(
                query: codes, nearest: Nearest(count: query.count, floor: query.floor, reporting: query.reporting))
        }
        for chunk in partition.chunks {
            let sketch = chunk.sketch
            var next = 0
            if let sketch {
                while next + SketchRows.together <= asked.count {
                    scan(chunk, sketch, for: &asked[next..<next + SketchRows.together])
                    next += SketchRows.together
                }
            }
            for index in next..<asked.count { scan(chunk, sketch, for: &asked[index]) }
        }
        return asked.map { asked in
            asked?.nearest.result(isEmpty: isEmpty) ?? ScanResult(candidates: [], best: nil, isEmpty: isEmpty)
        }
    }

    private func scan(_ chunk: IndexChunk, _ sketch: SketchRows?, for asked: inout Asked?) {
        guard var query = asked else { return }
        // Its only copy, so that what is noted in it copies nothing.
        asked = nil
        defer { asked = query }
        let bar = query.nearest.bar
        var looked = SketchScan(scanned: 0, blocksEntered: 0, survivors: 0)
        if let sketch {
            looked = sketch.scan(query.weights(for: sketch.basis), reaching: bar, scratch: scratch[0])
        }
        score(looked, bar, of: chunk, for: &query, scratch[0])
    }

    /// For as many queries as a sketch takes together. A batch with one that cannot be asked goes one by one.
    private func scan(_ chunk: IndexChunk, _ sketch: SketchRows, for asked: inout ArraySlice<Asked?>) {
        var looks: [(query: SketchQuery, bar: Float)] = []
        for index in asked.indices {
            guard let weights = asked[index]?.weights(for: sketch.basis), let bar = asked[index]?.nearest.bar else {
                for index in asked.indices { scan(chunk, sketch, for: &asked[index]) }
                return
            }
            looks.append((weights, bar))
        }
        let found = sketch.scanTogether(looks, scratch: scratch)
        for (place, index) in asked.indices.enumerated() {
            guard var query = asked[index] else { continue }
            asked[index] = nil
            score(found[place], looks[place].bar, of: chunk, for: &query, scratch[place])
            asked[index] = query
        }
    }

    /// The second look at the rows that the first has left, and at those it could not see yet; then the third.
    private func score(
        _ looked: SketchScan, _ bar: Float, of chunk: IndexChunk, for query: inout Asked, _ scratch: CodeScratch
    ) {
        tally.blocksEntered += looked.blocksEntered
        candidates.removeAll(keepingCapacity: true)
        tally.coded += chunk.codes.visitBounds(
            of: query.query, reaching: bar, survivors: looked.survivors, from: looked.scanned, scratch: scratch
        ) { candidates.append(($0, $1)) }
        tally.rows += chunk.codes.count
        if !candidates.isEmpty { score(candidates, of: chunk, for: &query) }
    }

    /// The most promising first, so that the bar has risen for the others.
    private func score(_ rows: [(row: Int, bound: Float)], of chunk: IndexChunk, for query: inout Asked) {
        for (row, bound) in rows.sorted(by: { $0.bound > $1.bound || ($0.bound == $1.bound && $0.row < $1.row) }) {
            guard bound >= query.nearest.bar else { break }
            guard chunk.isLiving(row), chunk.read(row, into: &vector) else { continue }
            tally.exact += 1
            query.nearest.offer(BLAS.dot(query.query.components, vector)) { chunk.row(at: row) }
        }
    }
}
