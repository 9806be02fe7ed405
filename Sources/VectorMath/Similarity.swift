/// Scores waiting queries against the rows of a chunk, all queries in one pass over the memory: the scan is bound by
/// memory, so the second query is almost free.
///
/// Holds its scratch memory between passes; one thread owns it.
package final class Similarity {
    /// How many queries one pass takes.
    package let queryLimit: Int
    private let dimension: Int
    private let blockRows: Int
    private let queries: AlignedBuffer
    private let scores: AlignedBuffer

    /// - Parameters:
    ///   - queryLimit: how many queries one pass takes at most.
    ///   - blockRows: rows scored per call of BLAS; their scores stay in the cache until they are looked at.
    package init(dimension: Int, queryLimit: Int = 16, blockRows: Int = 512) {
        precondition(dimension > 0 && queryLimit > 0 && blockRows > 0, "a scan needs a dimension, queries and rows")
        self.dimension = dimension
        self.queryLimit = queryLimit
        self.blockRows = blockRows
        self.queries = AlignedBuffer(count: queryLimit * dimension)
        self.scores = AlignedBuffer(count: queryLimit * blockRows)
    }

    /// Dot products of every query with rows `rows` of `chunk`, handed to `visit` block by block.
    ///
    /// - Parameters:
    ///   - vectors: at most `queryLimit`, each of the chunk's dimension.
    ///   - rows: clamped to what the chunk has published.
    ///   - visit: takes the query's index, the block's first row and the scores from that row on.
    package func score(
        _ vectors: [[Float]], against chunk: VectorChunk, rows: Range<Int>,
        visit: (_ query: Int, _ firstRow: Int, _ scores: Span<Float>) -> Void
    ) {
        let rows = rows.clamped(to: 0..<chunk.count)
        guard !vectors.isEmpty, !rows.isEmpty else { return }
        precondition(vectors.count <= queryLimit, "\(vectors.count) queries for a pass of \(queryLimit)")
        precondition(chunk.dimension == dimension, "a chunk of \(chunk.dimension) for queries of \(dimension)")
        load(vectors)
        var first = rows.lowerBound
        while first < rows.upperBound {
            let count = min(blockRows, rows.upperBound - first)
            scoreBlock(chunk, first: first, count: count, queryCount: vectors.count)
            for query in vectors.indices {
                visit(query, first, UnsafeBufferPointer(start: scores.start + query * count, count: count).span)
            }
            first += count
        }
    }

    /// The best rows of each query; `firstID` is the id of the chunk's row 0.
    package func select(
        _ vectors: [[Float]], against chunk: VectorChunk, rows: Range<Int>, firstID: Int, into best: inout [TopK]
    ) {
        precondition(best.count == vectors.count, "\(best.count) selections for \(vectors.count) queries")
        score(vectors, against: chunk, rows: rows) { query, firstRow, scores in
            best[query].offer(scores, firstID: firstID + firstRow)
        }
    }

    private func load(_ vectors: [[Float]]) {
        for (index, vector) in vectors.enumerated() {
            precondition(vector.count == dimension, "a query of \(vector.count) for rows of \(dimension)")
            let target = queries.start + index * dimension
            for (column, value) in vector.enumerated() { target[column] = value }
        }
    }

    private func scoreBlock(_ chunk: VectorChunk, first: Int, count: Int, queryCount: Int) {
        guard queryCount > 1 else {
            BLAS.sgemv(
                rows: count, columns: dimension, matrix: chunk.pointer(row: first), stride: chunk.stride,
                vector: queries.start, into: scores.start)
            return
        }
        let shape = BLAS.GEMM(rows: queryCount, columns: count, depth: dimension, transposeRight: true)
        BLAS.sgemm(
            shape, left: queries.start, leftStride: dimension,
            right: chunk.pointer(row: first), rightStride: chunk.stride, into: scores.start, outputStride: count)
    }
}
