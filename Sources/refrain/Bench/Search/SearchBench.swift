import GatewayCore
import SemanticCache
import VectorMath

/// How fast a partition is searched on one thread, beside what merely reading its sketch costs.
final class SearchBench {
    static let floors: [Float] = [0.75, 0.85, 0.93]
    private static let batch = 32
    /// As many candidates as a lookup asks for at most.
    private static let count = 8
    /// As the scan thread does.
    private static let reportedBelowFloor: Float = 0.05

    private let source: SearchRowsSource
    private let partition: PartitionIndex
    private let pass = ScanPass(dimension: SearchVectors.dimension)
    private var filled = 0
    private let clock = ContinuousClock()
    private let residentBefore: Int

    init(source: SearchRowsSource) {
        self.source = source
        residentBefore = Self.ownBytes()
        partition = PartitionIndex.inFile(dimension: SearchVectors.dimension)
    }

    /// One partition that grows from size to size.
    func run(sizes: [Int]) throws -> [SearchFigures] {
        var figures: [SearchFigures] = []
        for size in sizes.sorted() {
            let inserted = fill(to: size)
            let resident = Double(max(Self.ownBytes() - residentBefore, 0)) / Double(size)
            let roofline = Self.roofline(bytes: size * SearchFigures.sketchBytes)
            for floor in Self.floors {
                BenchProgress.show("searching \(size) vectors at \(floor)")
                var figure = measure(floor)
                figure.insertsPerSecond = inserted
                figure.residentBytesPerRow = resident
                figure.rooflineMilliseconds = roofline
                if size <= 100_000 { figure.checkedQueries = try check(floor) }
                figures.append(figure)
            }
        }
        return figures
    }

    /// Resident memory of this process that no file stands behind; zero on systems without /proc. The mapped vectors
    /// that the bench draws from are no part of an index.
    private static func ownBytes() -> Int {
        let fields = ProcFile.text("/proc/self/statm")?.split(separator: " ").compactMap { Int($0) } ?? []
        return fields.count > 2 ? (fields[1] - fields[2]) * 4096 : 0
    }

    /// - Returns: rows added a second, their making not counted.
    private func fill(to size: Int) -> Double {
        var time = Duration.zero
        let start = filled
        while filled < size {
            BenchProgress.show("adding vector \(filled) of \(size)")
            let numbers = filled..<min(filled + 4096, size)
            let entries = numbers.map { Self.entry($0, source.row($0)) }
            time += clock.measure { for entry in entries { partition.add(entry) } }
            filled = numbers.upperBound
        }
        return Double(size - start) / max(time / .seconds(1), 1e-9)
    }

    private static func entry(_ number: Int, _ vector: EmbeddingVector) -> MirroredEntry {
        let bytes = (0..<16).map { UInt8(truncatingIfNeeded: (number &* 0x9E37_79B9) >> (($0 % 8) * 8)) }
        guard let id = EntryID(bytes: bytes), let own = PartitionID(bytes: Array(repeating: 1, count: 32)) else {
            preconditionFailure("16 bytes are an entry's id, and 32 a partition's")
        }
        return MirroredEntry(
            id: id, partition: own, question: "How do I change the address on order \(number) before it is sent?",
            expires: UnixTime(milliseconds: .max), embedding: vector)
    }

    private func question(_ number: Int, _ floor: Float) -> ScanQuery {
        ScanQuery(
            vector: source.query(number), count: Self.count, floor: floor, reporting: floor - Self.reportedBelowFloor)
    }

    private func measure(_ floor: Float) -> SearchFigures {
        let questions = (0..<256).map { question($0, floor) }
        let before = pass.tally
        var single = questions.map { question in clock.measure { _ = pass.run([question], in: partition) } }
        let after = pass.tally
        for _ in 0..<2 {
            for (index, question) in questions.enumerated() {
                single[index] = min(single[index], clock.measure { _ = pass.run([question], in: partition) })
            }
        }
        var together = Duration.zero
        for start in stride(from: 0, to: questions.count, by: Self.batch) {
            let batch = Array(questions[start..<start + Self.batch])
            together += (0..<3).map { _ in clock.measure { _ = pass.run(batch, in: partition) } }.min() ?? .zero
        }
        single.sort()
        let asked = Double(questions.count)
        return SearchFigures(
            rows: filled, floor: Double(floor), milliseconds: single[single.count / 2].inMilliseconds,
            millisecondsP99: single[single.count * 99 / 100].inMilliseconds,
            millisecondsTogether: together.inMilliseconds / asked,
            blocksEntered: Double(after.blocksEntered - before.blocksEntered) / asked,
            coded: Double(after.coded - before.coded) / asked, exact: Double(after.exact - before.exact) / asked)
    }

    /// Compares some answers with the scores of all rows.
    /// - Returns: how many were compared.
    private func check(_ floor: Float) throws -> Int {
        let asked = 24
        var best = (0..<asked).map { _ in TopK(limit: Self.count, floor: floor) }
        for number in 0..<filled {
            let row = source.row(number).components
            for query in 0..<asked { best[query].offer(BLAS.dot(source.query(query).components, row), id: number) }
        }
        for (query, best) in best.enumerated() {
            let found = pass.run([question(query, floor)], in: partition).first?.candidates.map(\.similarity) ?? []
            let expected = best.rows.map { min($0.score, 1) }
            guard found == expected else {
                throw BenchError("query \(query) at \(floor): found \(found), but a whole search finds \(expected)")
            }
        }
        return asked
    }

    // Safe because only the thread that measures writes it; it keeps the compiler from leaving the sum out.
    nonisolated(unsafe) private static var sink: Float = 0

    /// How long one thread takes to read so many bytes, best of several. With four independent sums of eight lanes
    /// there are enough additions in flight to be bound by memory alone.
    private static func roofline(bytes: Int) -> Double {
        let columns = 4096
        let memory = Matrix(rows: max(bytes / 4 / columns, 1), columns: columns)
        for row in 0..<memory.rows { memory.withMutableRow(row) { $0[0] = 1 } }
        let clock = ContinuousClock()
        let best = (0..<7).map { _ in
            clock.measure { for row in 0..<memory.rows { unsafe sink += memory.withRow(row, sum) } }
        }
        return (best.min() ?? .zero).inMilliseconds
    }

    private static func sum(_ span: Span<Float>) -> Float {
        var sums = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
        unsafe span.withUnsafeBufferPointer { floats in
            guard let start = unsafe UnsafeRawPointer(floats.baseAddress) else { return }
            for offset in stride(from: 0, to: floats.count * 4 - 127, by: 128) {
                sums.0 += unsafe start.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                sums.1 += unsafe start.loadUnaligned(fromByteOffset: offset + 32, as: SIMD8<Float>.self)
                sums.2 += unsafe start.loadUnaligned(fromByteOffset: offset + 64, as: SIMD8<Float>.self)
                sums.3 += unsafe start.loadUnaligned(fromByteOffset: offset + 96, as: SIMD8<Float>.self)
            }
        }
        return (sums.0 + sums.1 + sums.2 + sums.3).sum()
    }
}
