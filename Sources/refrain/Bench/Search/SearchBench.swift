import GatewayCore
import VectorMath

/// How fast vectors are scored on one thread, beside what merely reading them costs.
enum SearchBench {
    struct Row: Codable {
        let rows: Int
        let queries: Int
        /// Best of several passes.
        let millisecondsPerQuery: Double
        /// Bytes of the vectors ÷ the bandwidth of summing floats over the same memory, for one pass.
        let rooflineMilliseconds: Double
        /// Of that sum, in 10^9 bytes a second.
        let bandwidth: Double

        /// How many times slower a pass is than reading alone.
        var timesRoofline: Double { millisecondsPerQuery * Double(queries) / rooflineMilliseconds }
    }

    private static let dimension = 384

    static func run(sizes: [Int] = [10_000, 100_000]) -> [Row] {
        sizes.flatMap { rows in
            BenchProgress.show("search in \(rows) vectors")
            let chunk = filled(rows)
            let reading = best(of: 5) { unsafe sink = sum(chunk) }
            let bytes = Double(rows * dimension * MemoryLayout<Float>.stride)
            return [1, 32].map { queries in
                let similarity = Similarity(dimension: dimension, queryLimit: queries)
                let vectors = (0..<queries).map { CacheFilling.randomVector(rows + $0, dimension).components }
                let time = best(of: 5) {
                    var nearest = vectors.map { _ in TopK(limit: 8, floor: 0.5) }
                    similarity.select(vectors, against: chunk, rows: 0..<rows, firstID: 0, into: &nearest)
                }
                return Row(
                    rows: rows, queries: queries, millisecondsPerQuery: time.inMilliseconds / Double(queries),
                    rooflineMilliseconds: reading.inMilliseconds, bandwidth: bytes / (reading / .seconds(1)) / 1e9)
            }
        }
    }

    static func table(_ rows: [Row]) -> TextTable {
        var table = TextTable([
            "vectors of 384", "queries together", "ms/query", "reading alone ms", "GB/s", "pass ÷ reading",
        ])
        for row in rows {
            table.add([
                "\(row.rows)", "\(row.queries)", Figure.text(row.millisecondsPerQuery),
                Figure.text(row.rooflineMilliseconds), Figure.text(row.bandwidth), Figure.text(row.timesRoofline),
            ])
        }
        return table
    }

    static func bars(_ rows: [Row]) -> [Bar] {
        let single = rows.first { $0.rows == 100_000 && $0.queries == 1 }
        return [
            Bar(goal: "search, one query over 100,000 ≤ 0.3 ms", limit: 0.3, measured: single?.millisecondsPerQuery)
        ]
    }

    // Safe because only the thread that measures writes it; it keeps the compiler from leaving the sum out.
    nonisolated(unsafe) private static var sink: Float = 0

    private static func filled(_ rows: Int) -> VectorChunk {
        let chunk = VectorChunk(dimension: dimension, capacity: rows)
        for row in 0..<rows { _ = chunk.append(CacheFilling.randomVector(row, dimension).components.span) }
        return chunk
    }

    /// Four independent sums of eight lanes: enough additions in flight to be bound by memory alone.
    private static func sum(_ chunk: VectorChunk) -> Float {
        var sums = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
        for row in 0..<chunk.count {
            chunk.withRow(row) { span in
                unsafe span.withUnsafeBufferPointer { floats in
                    guard let start = unsafe UnsafeRawPointer(floats.baseAddress) else { return }
                    for offset in stride(from: 0, to: dimension * 4, by: 128) {
                        sums.0 += unsafe start.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                        sums.1 += unsafe start.loadUnaligned(fromByteOffset: offset + 32, as: SIMD8<Float>.self)
                        sums.2 += unsafe start.loadUnaligned(fromByteOffset: offset + 64, as: SIMD8<Float>.self)
                        sums.3 += unsafe start.loadUnaligned(fromByteOffset: offset + 96, as: SIMD8<Float>.self)
                    }
                }
            }
        }
        return (sums.0 + sums.1 + sums.2 + sums.3).sum()
    }

    private static func best(of repetitions: Int, _ body: () -> Void) -> Duration {
        let clock = ContinuousClock()
        return (0..<repetitions).map { _ in clock.measure(body) }.min() ?? .zero
    }
}
