internal import CKernels
import Synchronization

/// What the first look of a search reads of each row: 120 components of four bits in two parts of 32 bytes, each with
/// upper bounds of what it leaves out. docs/decisions/0008 has the proof that no row is lost.
///
/// One writer fills it and any number of readers scan meanwhile, without a lock. Rows become visible sixteen at a time,
/// so that a reader never touches memory that is being written; rows that wait for that are scored by other means.
///
/// Safe because a block is written only before `published` is raised past it (release), readers look only below what
/// they read from it (acquire), and `append` must not run on two threads at once.
package final class SketchRows: @unchecked Sendable {
    static let blockRows = Int(REFRAIN_SKETCH_BLOCK)
    private static let partBytes = Int(REFRAIN_SKETCH_PART_BYTES)

    package let basis: SketchBasis
    package let capacity: Int
    private let first: ByteBuffer64
    private let second: ByteBuffer64
    private let published = Atomic<Int>(0)
    /// Rows of the block that is not complete. Only the writer looks at it.
    private var pending: [SketchCodes?] = []
    /// Of each block, which rows have no bounds and are always looked at.
    private let unbounded: ByteBuffer64
    private let hasUnbounded = Atomic<Bool>(false)

    package init(basis: SketchBasis, capacity: Int) {
        self.basis = basis
        self.capacity = capacity
        let blocks = (capacity + Self.blockRows - 1) / Self.blockRows
        self.first = ByteBuffer64(count: blocks * Self.partBytes)
        self.second = ByteBuffer64(count: blocks * Self.partBytes)
        self.unbounded = ByteBuffer64(count: blocks * Self.blockRows)
        pending.reserveCapacity(Self.blockRows)
    }

    /// How many rows a scan sees now. A multiple of sixteen that only grows.
    package var count: Int { published.load(ordering: .acquiring) }

    /// Adds the next row. One writer at a time: the caller sees to that.
    package func append(_ vector: [Float]) {
        let visible = published.load(ordering: .relaxed)
        guard visible + pending.count < capacity else { return }
        pending.append(SketchCodes(vector, basis: basis))
        guard pending.count == Self.blockRows else { return }
        write(block: visible / Self.blockRows)
        pending.removeAll(keepingCapacity: true)
        published.store(visible + Self.blockRows, ordering: .releasing)
    }

    /// The rows whose dot product with the query may reach `bar`: all of them, and some that do not. They go to the
    /// scratch memory, ascending.
    /// - Returns: how many blocks were read in both parts.
    package func scan(
        _ query: SketchQuery, reaching bar: Float, scratch: CodeScratch, features: ProcessorFeatures = .current
    ) -> SketchScan {
        let blocks = count / Self.blockRows
        var weights = query.weights
        query.setThresholds(of: &weights, reaching: bar)
        scratch.reserve(blocks * Self.blockRows)
        var entered = 0
        var found = refrain_sketch_scan(
            features.rawValue, first.start, second.start, blocks, &weights, scratch.rows, &entered)
        if hasUnbounded.load(ordering: .relaxed) { found = addUnbounded(blocks: blocks, found: found, to: scratch) }
        return SketchScan(scanned: blocks * Self.blockRows, blocksEntered: entered, survivors: found)
    }

    /// How many queries ``scanTogether(_:scratch:features:)`` takes.
    package static let together = Int(REFRAIN_SKETCH_TOGETHER)

    /// The same as `scan` for `together` queries, which share the reading of the codes.
    /// - Parameters:
    ///   - queries: as many as `together` says, each with the bar it is to reach.
    ///   - scratch: of each query its own.
    package func scanTogether(
        _ queries: [(query: SketchQuery, bar: Float)], scratch: [CodeScratch],
        features: ProcessorFeatures = .current
    ) -> [SketchScan] {
        precondition(
            queries.count == Self.together && scratch.count == Self.together,
            "\(queries.count) queries with \(scratch.count) scratch memories, not \(Self.together) of each")
        let blocks = count / Self.blockRows
        let weights = queries.map { query, bar in
            var weights = query.weights
            query.setThresholds(of: &weights, reaching: bar)
            return weights
        }
        for scratch in scratch { scratch.reserve(blocks * Self.blockRows) }
        let survivors = scratch.map { Optional($0.rows) }
        var entered = [Int](repeating: 0, count: Self.together)
        var found = entered
        refrain_sketch_scan_together(
            features.rawValue, first.start, second.start, blocks, weights, survivors, &entered, &found)
        let addsUnbounded = hasUnbounded.load(ordering: .relaxed)
        return queries.indices.map { index in
            let rows =
                addsUnbounded ? addUnbounded(blocks: blocks, found: found[index], to: scratch[index]) : found[index]
            return SketchScan(scanned: blocks * Self.blockRows, blocksEntered: entered[index], survivors: rows)
        }
    }

    private func addUnbounded(blocks: Int, found: Int, to scratch: CodeScratch) -> Int {
        var isFound = Set((0..<found).map { scratch.rows[$0] })
        for row in 0..<blocks * Self.blockRows where unbounded.start[row] != 0 { isFound.insert(UInt32(row)) }
        for (index, row) in isFound.sorted().enumerated() { scratch.rows[index] = row }
        return isFound.count
    }

    private func write(block: Int) {
        let head = first.start + block * Self.partBytes
        let tail = second.start + block * Self.partBytes
        for (row, codes) in pending.enumerated() {
            guard let codes else {
                unbounded.start[block * Self.blockRows + row] = 1
                hasUnbounded.store(true, ordering: .relaxed)
                continue
            }
            for group in 0..<SketchCodes.firstGroups {
                for byte in 0..<4 { head[group * 64 + row * 4 + byte] = codes.byte(group: group, byte) }
            }
            for byte in 0..<4 { head[SketchCodes.firstGroups * 64 + row * 4 + byte] = codes.slack[byte] }
            for group in 0..<SketchCodes.secondGroups {
                let byteOf = SketchCodes.firstGroups + group
                for byte in 0..<4 { tail[group * 64 + row * 4 + byte] = codes.byte(group: byteOf, byte) }
            }
        }
    }
}

/// What a pass over a sketch came to.
package struct SketchScan: Sendable {
    /// Rows looked at: those behind them are still waiting for their block to be complete.
    package let scanned: Int
    package let blocksEntered: Int
    package let survivors: Int

    package init(scanned: Int, blocksEntered: Int, survivors: Int) {
        self.scanned = scanned
        self.blocksEntered = blocksEntered
        self.survivors = survivors
    }
}
