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
    private let scratch = CodeScratch()
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
            for index in asked.indices { scan(chunk, sketch, for: &asked[index]) }
        }
        return asked.map { asked in
            asked?.nearest.result(isEmpty: isEmpty) ?? ScanResult(candidates: [], best: nil, isEmpty: isEmpty)
        }
    }

    private func scan(_ chunk: IndexChunk, _ sketch: SketchRows?, for asked: inout Asked?) {
        guard var query = asked else { return }
        let bar = query.nearest.bar
        var (survivors, scanned) = (0, 0)
        if let sketch {
            let weights = query.weights(for: sketch.basis)
            let scan = sketch.scan(weights, reaching: bar, scratch: scratch)
            (survivors, scanned) = (scan.survivors, scan.scanned)
            tally.blocksEntered += scan.blocksEntered
        }
        candidates.removeAll(keepingCapacity: true)
        tally.coded += chunk.codes.visitBounds(
            of: query.query, reaching: bar, survivors: survivors, from: scanned, scratch: scratch
        ) { candidates.append(($0, $1)) }
        tally.rows += chunk.codes.count
        if !candidates.isEmpty { score(candidates, of: chunk, for: &query) }
        asked = query
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
