package import GatewayCore
import Threads
import VectorMath

/// The thread that scores waiting queries against partitions: queries of one partition that wait at the same time
/// share one pass over its vectors, as one matrix product.
package final class VectorScanner: Sendable {
    private struct Query: Sendable {
        let embedding: EmbeddingVector
        let partition: PartitionIndex
        let count: Int
        let floor: Float
        let continuation: CheckedContinuation<ScanResult?, Never>
    }

    /// How many queries share a pass: beyond it the scores of a chunk no longer fit the second-level cache.
    private static let queriesPerPass = 32

    private let dimension: Int
    private let inbox: Inbox<Query>
    private let thread: NamedThread

    /// Starts the thread `scan-0`.
    /// - Parameters:
    ///   - dimension: of the vectors.
    ///   - queueLimit: how many queries may wait.
    package init(dimension: Int, queueLimit: Int) {
        let inbox = Inbox<Query>(limit: queueLimit)
        self.dimension = dimension
        self.inbox = inbox
        self.thread = NamedThread(name: "scan-0") {
            let similarity = Similarity(dimension: dimension, queryLimit: Self.queriesPerPass)
            while let waiting = inbox.waitAndDrain() { Self.answer(waiting, with: similarity) }
        }
    }

    /// The nearest entries of one partition.
    /// - Parameters:
    ///   - count: the most candidates to return.
    ///   - floor: entries below this cosine are left out.
    /// - Returns: nil when the queue is full, the scanner was shut down, or the vectors have another length than its
    ///   own. A query that waits is answered even if its task is cancelled: that takes one pass at most.
    package func nearest(
        to embedding: EmbeddingVector, in partition: PartitionIndex, count: Int, atLeast floor: Float
    ) async -> ScanResult? {
        guard embedding.dimension == dimension, partition.dimension == dimension else { return nil }
        return await withCheckedContinuation { continuation in
            let query = Query(
                embedding: embedding, partition: partition, count: count, floor: floor, continuation: continuation)
            switch inbox.append(query) {
            case .first, .queued: return
            case .full, .closed: continuation.resume(returning: nil)
            }
        }
    }

    /// Answers what waits, then ends the thread. Blocks for that long. Call it once.
    package func shutdown() {
        inbox.close()
        thread.join()
    }

    // MARK: - On the thread

    private static func answer(_ waiting: [Query], with similarity: Similarity) {
        let byPartition = Dictionary(grouping: waiting) { ObjectIdentifier($0.partition) }
        for queries in byPartition.values {
            for start in stride(from: 0, to: queries.count, by: queriesPerPass) {
                scan(queries[start..<min(start + queriesPerPass, queries.count)], with: similarity)
            }
        }
    }

    private static func scan(_ queries: ArraySlice<Query>, with similarity: Similarity) {
        guard let partition = queries.first?.partition else { return }
        var nearest = queries.map { Nearest(count: $0.count, floor: $0.floor) }
        let vectors = queries.map(\.embedding.components)
        var base = 0
        for chunk in partition.chunks {
            let rows = chunk.rows
            similarity.score(vectors, against: chunk.vectors, rows: 0..<rows.count) { query, first, scores in
                nearest[query].offer(scores, first: first, rows: rows, base: base)
            }
            base += rows.count
        }
        for (query, nearest) in zip(queries, nearest) { query.continuation.resume(returning: nearest.result) }
    }
}

/// What a scan found.
package struct ScanResult: Sendable {
    /// At or above the floor, the most similar first.
    package let candidates: [ScanCandidate]
    /// The highest cosine in the partition, also below the floor; nil when it is empty.
    package let best: Float?
}

/// One entry that may serve.
package struct ScanCandidate: Sendable {
    package let row: IndexRow
    /// Cosine to the query.
    package let similarity: Float
}
