package import GatewayCore
import Threads

/// The thread that scores waiting queries against partitions: queries of one partition that wait at the same time
/// share one pass over its codes.
package final class VectorScanner: Sendable {
    private struct Query: Sendable {
        let asked: ScanQuery
        let partition: PartitionIndex
        let continuation: CheckedContinuation<ScanResult?, Never>
    }

    /// How many queries share a pass: a bound of how long the first must wait for the last.
    private static let queriesPerPass = 32
    /// How far below the floor the best cosine is still told: enough to see in the metrics what a lower threshold
    /// would bring, and little enough to cost a scan nearly nothing.
    private static let reportedBelowFloor: Float = 0.05

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
            let pass = ScanPass(dimension: dimension)
            while let waiting = inbox.waitAndDrain() { Self.answer(waiting, with: pass) }
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
            let asked = ScanQuery(
                vector: embedding, count: count, floor: floor, reporting: floor - Self.reportedBelowFloor)
            let query = Query(asked: asked, partition: partition, continuation: continuation)
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

    private static func answer(_ waiting: [Query], with pass: ScanPass) {
        let byPartition = Dictionary(grouping: waiting) { ObjectIdentifier($0.partition) }
        for queries in byPartition.values {
            for start in stride(from: 0, to: queries.count, by: queriesPerPass) {
                scan(queries[start..<min(start + queriesPerPass, queries.count)], with: pass)
            }
        }
    }

    private static func scan(_ queries: ArraySlice<Query>, with pass: ScanPass) {
        guard let partition = queries.first?.partition else { return }
        let results = pass.run(queries.map(\.asked), in: partition)
        for (query, result) in zip(queries, results) { query.continuation.resume(returning: result) }
    }
}
