import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Testing

@testable import SemanticCache

@Suite("The scan thread", .timeLimit(.minutes(2)))
struct VectorScannerTests {
    private let samples = SampleEntries()

    /// Fills partitions by chance, keeping account of what stands where.
    private func churn(
        _ index: VectorIndex, seed: UInt64
    ) -> (living: [UInt8: [Int: EmbeddingVector]], generator: SeededGenerator) {
        var generator = SeededGenerator(seed: seed)
        var living: [UInt8: [Int: EmbeddingVector]] = [:]
        for _ in 0..<6_000 {
            let partition = UInt8.random(in: 1...3, using: &generator)
            let number = Int(partition) * 10_000 + Int.random(in: 0..<1_500, using: &generator)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<2:
                index.remove(SampleEntries.id(number), in: SampleEntries.partition(partition))
                living[partition]?[number] = nil
            case 2:
                // A duplicate of another entry's vector.
                let twin = living[partition]?.values.randomElement(using: &generator) ?? samples.vector(number)
                index.add(samples.mirrored(number, in: partition, vector: twin))
                living[partition, default: [:]][number] = twin
            default:
                let vector = SampleEntries.vector(dimension: 16, using: &generator)
                index.add(samples.mirrored(number, in: partition, vector: vector))
                living[partition, default: [:]][number] = vector
            }
        }
        return (living, generator)
    }

    @Test("The nearest are those of a plain search in double precision, at every floor",
          arguments: [1, 2, 3] as [UInt64], [-2, 0.2, 0.7, 0.999] as [Float])
    func bruteForce(seed: UInt64, floor: Float) async throws {
        let index = VectorIndex(dimension: 16)
        var (living, generator) = churn(index, seed: seed)
        #expect(index.count == living.values.reduce(0) { $0 + $1.count })
        try await withScanner { scanner in
            for _ in 0..<40 {
                let number = UInt8.random(in: 1...3, using: &generator)
                let query = SampleEntries.vector(dimension: 16, using: &generator)
                let count = Int.random(in: 1...8, using: &generator)
                let partition = try #require(index.partition(SampleEntries.partition(number)))
                let found = try #require(
                    await scanner.nearest(to: query, in: partition, count: count, atLeast: floor))
                let scores = (living[number] ?? [:]).mapValues { cosine($0, query) }
                let expected = scores.values.sorted(by: >).filter { $0 >= Double(floor) }.prefix(count)
                #expect(found.candidates.count == expected.count, "seed \(seed)")
                for (candidate, score) in zip(found.candidates, expected) {
                    #expect(abs(Double(candidate.similarity) - score) < 1e-5, "seed \(seed)")
                    let own = scores.first { SampleEntries.id($0.key) == candidate.row.id }
                    #expect(abs((own?.value ?? -9) - score) < 1e-5, "seed \(seed)")
                }
                #expect(Set(found.candidates.map(\.row.id)).count == found.candidates.count)
                // The best is told from a little below the floor on.
                let best = scores.values.max() ?? -9
                if best >= Double(floor) {
                    #expect(abs(Double(found.best ?? -9) - best) < 1e-5, "seed \(seed)")
                } else if best < Double(floor) - 0.051 {
                    #expect(found.best == nil, "seed \(seed)")
                }
            }
        }
    }

    @Test("Queries that wait at once, of several partitions, each get their own answer")
    func manyQueries() async throws {
        let index = VectorIndex(dimension: 16)
        for number in 0..<900 { index.add(samples.mirrored(number, in: UInt8(number % 3))) }
        let samples = samples
        try await withScanner { scanner in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<900 {
                    let partition = try #require(index.partition(SampleEntries.partition(UInt8(number % 3))))
                    group.addTask {
                        let found = await scanner.nearest(
                            to: samples.vector(number), in: partition, count: 1, atLeast: 0.99)
                        #expect(found?.candidates.map(\.row.id) == [SampleEntries.id(number)])
                        #expect((found?.candidates.first?.similarity ?? 0) <= 1)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("A row that was removed is in no answer to a query that came after, whatever else goes on")
    func removalDuringScans() async throws {
        let index = VectorIndex(dimension: 16)
        for number in 0..<3_000 { index.add(samples.mirrored(number)) }
        let partition = try #require(index.partition(SampleEntries.partition(1)))
        let samples = samples
        try await withScanner { scanner in
            await withTaskGroup(of: Void.self) { group in
                for worker in 0..<6 {
                    group.addTask {
                        for number in stride(from: worker, to: 1_500, by: 6) {
                            partition.remove(SampleEntries.id(number))
                            let found = await scanner.nearest(
                                to: samples.vector(number), in: partition, count: 4, atLeast: 0.3)
                            #expect(found?.candidates.contains { $0.row.id == SampleEntries.id(number) } == false)
                            partition.add(samples.mirrored(10_000 + number))
                        }
                    }
                }
                group.addTask {
                    for round in 0..<100 {
                        partition.removeExpired(at: UnixTime(milliseconds: Int64(round)))
                        partition.add(samples.mirrored(5_000, vector: samples.vector(50_000 + round)))
                        await Task.yield()
                    }
                }
            }
        }
        #expect(partition.count == 3_001)
    }

    @Test("An empty partition has no candidates and no best; zero wanted gives none but the best")
    func nothingFound() async throws {
        try await withScanner { scanner in
            let empty = PartitionIndex(dimension: 16)
            let nothing = try #require(
                await scanner.nearest(to: samples.vector(1), in: empty, count: 4, atLeast: 0))
            #expect(nothing.candidates.isEmpty && nothing.best == nil && nothing.isEmpty)
            empty.add(samples.mirrored(1))
            let none = try #require(await scanner.nearest(to: samples.vector(1), in: empty, count: 0, atLeast: 0))
            #expect(none.candidates.isEmpty && !none.isEmpty)
            #expect(abs((none.best ?? 0) - 1) < 1e-5)
        }
    }

    @Test("Vectors of another length, or with components that are no numbers, find nothing and do no harm")
    func strangeVectors() async throws {
        try await withScanner { scanner in
            let partition = PartitionIndex(dimension: 16)
            for number in 0..<10 { partition.add(samples.mirrored(number)) }
            partition.add(samples.mirrored(11, vector: EmbeddingVector(unit: Array(repeating: .nan, count: 16))))
            let short = EmbeddingVector(unit: [1, 0])
            #expect(await scanner.nearest(to: short, in: partition, count: 4, atLeast: 0) == nil)
            let other = PartitionIndex(dimension: 2)
            #expect(await scanner.nearest(to: samples.vector(1), in: other, count: 4, atLeast: 0) == nil)
            let noNumbers = EmbeddingVector(unit: Array(repeating: .nan, count: 16))
            let found = await scanner.nearest(to: noNumbers, in: partition, count: 4, atLeast: -2)
            #expect(found?.candidates.isEmpty == true)
            let usual = await scanner.nearest(to: samples.vector(3), in: partition, count: 20, atLeast: -2)
            #expect(usual?.candidates.count == 10)
            #expect(usual?.candidates.first?.row.id == SampleEntries.id(3))
        }
    }

    @Test("A full queue answers nil at once; what waits is answered at shutdown; afterwards there is nil")
    func bounds() async throws {
        let index = VectorIndex(dimension: 16)
        for number in 0..<20_000 { index.add(samples.mirrored(number)) }
        let partition = try #require(index.partition(SampleEntries.partition(1)))
        let scanner = VectorScanner(dimension: 16, queueLimit: 2)
        let samples = samples
        let counts = await withTaskGroup(of: Bool.self, returning: (answered: Int, refused: Int).self) { group in
            for number in 0..<400 {
                group.addTask {
                    let found = await scanner.nearest(
                        to: samples.vector(number), in: partition, count: 1, atLeast: 0.99)
                    if let found { #expect(found.candidates.first?.row.id == SampleEntries.id(number)) }
                    return found != nil
                }
            }
            return await group.reduce(into: (0, 0)) { if $1 { $0.0 += 1 } else { $0.1 += 1 } }
        }
        #expect(counts.answered + counts.refused == 400)
        #expect(counts.answered > 0)
        async let last = scanner.nearest(to: samples.vector(7), in: partition, count: 1, atLeast: 0.99)
        scanner.shutdown()
        // Asked before the shutdown it has its answer, after it nil; it ends in either case.
        if let found = await last { #expect(found.candidates.first?.row.id == SampleEntries.id(7)) }
        #expect(await scanner.nearest(to: samples.vector(7), in: partition, count: 1, atLeast: 0) == nil)
    }
}
