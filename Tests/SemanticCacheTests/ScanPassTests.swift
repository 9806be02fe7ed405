import GatewayCore
import GatewayTesting
import Testing
import VectorMath

@testable import SemanticCache

@Suite("A pass over a partition", .timeLimit(.minutes(3)))
struct ScanPassTests {
    private static let dimension = 384
    private let samples = SampleEntries(encoder: EncoderIdentity(name: "s", fingerprint: "f", dimension: 384))

    /// Clusters, duplicates, opposites and unrelated directions.
    private static func vectors(_ count: Int, seed: UInt64) -> [EmbeddingVector] {
        var generator = SeededGenerator(seed: seed)
        let centres = (0..<25).map { _ in SampleEntries.vector(dimension: dimension, using: &generator) }
        var vectors: [EmbeddingVector] = []
        for number in 0..<count {
            let centre = centres[number % 25]
            let other = SampleEntries.vector(dimension: dimension, using: &generator)
            switch number % 12 {
            case 0: vectors.append(vectors.randomElement(using: &generator) ?? centre)
            case 1: vectors.append(EmbeddingVector(unit: (vectors.last ?? centre).components.map { -$0 }))
            case 2: vectors.append(other)
            default: vectors.append(centre.mixed(with: other, share: Float.random(in: 0.05...0.7, using: &generator)))
            }
        }
        return vectors
    }

    /// The answer of a plain search over what lives, as scores.
    private func expected(_ living: [Int: EmbeddingVector], _ query: ScanQuery) -> (top: [Double], best: Double?) {
        // By BLAS: a plain loop would take minutes in a debug build.
        let scores = living.values.map { Double(BLAS.dot($0.components, query.vector.components)) }.sorted(by: >)
        let best = scores.first.flatMap { $0 >= Double(query.reporting) ? $0 : nil }
        return (Array(scores.filter { $0 >= Double(query.floor) }.prefix(query.count)), best)
    }

    private func compare(_ found: ScanResult, _ query: ScanQuery, _ living: [Int: EmbeddingVector]) {
        let (top, best) = expected(living, query)
        #expect(found.candidates.count == top.count)
        for (candidate, score) in zip(found.candidates, top) {
            #expect(abs(Double(candidate.similarity) - score) < 1e-5)
        }
        #expect(Set(found.candidates.map(\.row.id)).count == found.candidates.count)
        #expect(abs((found.best.map(Double.init) ?? -9) - (best ?? -9)) < 1e-5)
        #expect(found.isEmpty == living.isEmpty)
    }

    @Test("The nearest are those of a plain search through growth, sketches, removals and packing",
          arguments: [(1, false), (2, true)] as [(UInt64, Bool)])
    func bruteForce(seed: UInt64, inFile: Bool) {
        let dimension = Self.dimension
        let partition = inFile ? PartitionIndex.inFile(dimension: dimension) : PartitionIndex(dimension: dimension)
        let vectors = Self.vectors(4_400, seed: seed)
        var living: [Int: EmbeddingVector] = [:]
        var generator = SeededGenerator(seed: seed + 100)
        let pass = ScanPass(dimension: Self.dimension)

        func ask(_ rounds: Int) {
            let queries = (0..<rounds).map { round in
                ScanQuery(
                    vector: vectors[(round * 911 + 2) % vectors.count], count: round % 9,
                    floor: [-1, 0, 0.5, 0.75, 0.93, 0.999][round % 6], reporting: round % 4 == 0 ? -0.5 : nil)
            }
            // Alone and together, which must make no difference.
            for (query, found) in zip(queries, pass.run(queries, in: partition)) { compare(found, query, living) }
            for query in queries.prefix(3) { compare(pass.run([query], in: partition)[0], query, living) }
        }

        for (number, vector) in vectors.enumerated() {
            partition.add(samples.mirrored(number, vector: vector))
            living[number] = vector
            if [0, 3, 40, 4_091, 4_092, 4_109].contains(number) { ask(6) }
        }
        #expect(partition.chunks.filter { $0.sketch != nil }.count >= 4)
        ask(18)
        for number in 0..<4_400 where Int.random(in: 0..<10, using: &generator) < 7 {
            partition.remove(SampleEntries.id(number))
            living[number] = nil
        }
        ask(12)
        let before = partition.chunks.reduce(0) { $0 + $1.counts.rows }
        partition.removeExpired(at: .now())
        let after = partition.chunks.reduce(0) { $0 + $1.counts.rows }
        #expect(after < before, "sparse chunks are packed")
        #expect(partition.count == living.count)
        ask(18)
        partition.removeAll(except: [])
        living = [:]
        ask(2)
        #expect(partition.chunks.isEmpty)
    }

    @Test("Rows that no encoder should send are found by their product all the same")
    func strangeRows() {
        let partition = PartitionIndex(dimension: Self.dimension)
        let vectors = Self.vectors(4_300, seed: 9)
        var living: [Int: EmbeddingVector] = [:]
        for (number, vector) in vectors.enumerated() {
            let length: Float = number % 50 == 0 ? 0 : number % 31 == 0 ? 2.5 : number % 17 == 0 ? 0.3 : 1
            let row = EmbeddingVector(unit: vector.components.map { $0 * length })
            partition.add(samples.mirrored(number, vector: row))
            living[number] = row
        }
        partition.add(samples.mirrored(9_999, vector: EmbeddingVector(unit: Array(repeating: .nan, count: 384))))
        #expect(partition.count == 4_300)
        let pass = ScanPass(dimension: Self.dimension)
        for number in 0..<12 {
            let query = ScanQuery(vector: vectors[number * 300 + 5], count: 6, floor: [-1, 0.4, 0.9][number % 3])
            let found = pass.run([query], in: partition)[0]
            let top = expected(living, query).top.map { min($0, 1) }
            #expect(found.candidates.count == top.count)
            for (candidate, score) in zip(found.candidates, top) {
                #expect(abs(Double(candidate.similarity) - score) < 1e-5)
            }
        }
    }

    @Test("While entries are added, removed and packed a scan always finds those that stay")
    func duringChanges() async {
        let partition = PartitionIndex.inFile(dimension: Self.dimension)
        let vectors = Self.vectors(5_500, seed: 4)
        let samples = samples
        for number in 0..<4_000 { partition.add(samples.mirrored(number, vector: vectors[number])) }
        // Every fifth stays throughout.
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 4_000..<5_500 { partition.add(samples.mirrored(number, vector: vectors[number])) }
            }
            group.addTask {
                for number in 0..<4_000 where number % 5 != 0 {
                    partition.remove(SampleEntries.id(number))
                    if number % 500 == 499 { partition.removeExpired(at: .now()) }
                }
            }
            group.addTask {
                let pass = ScanPass(dimension: Self.dimension)
                for number in stride(from: 0, to: 4_000, by: 100) {
                    let query = ScanQuery(vector: vectors[number], count: 8, floor: 0.9999)
                    let found = pass.run([query], in: partition)[0]
                    // It or a twin of it: eight at most can be told.
                    #expect(found.candidates.first.map { $0.similarity > 0.99999 } == true)
                    await Task.yield()
                }
            }
        }
        partition.removeExpired(at: .now())
        #expect(partition.count == 2_300)
    }

    @Test("Entries updated while others are removed keep their newest expiry through packing")
    func updatedThroughPacking() {
        let partition = PartitionIndex(dimension: Self.dimension)
        let vectors = Self.vectors(300, seed: 3)
        for number in 0..<300 { partition.add(samples.mirrored(number, vector: vectors[number])) }
        partition.add(samples.mirrored(70, vector: vectors[70], life: .seconds(9)))
        for number in 0..<300 where number % 10 != 0 { partition.remove(SampleEntries.id(number)) }
        partition.removeExpired(at: .now())
        #expect(partition.count == 30)
        let rows = partition.chunks.flatMap { $0.rows.compactMap { $0 } }
        #expect(Set(rows.map(\.id)) == Set((0..<30).map { SampleEntries.id($0 * 10) }))
        let updated = samples.mirrored(70, life: .seconds(9)).expires
        #expect(rows.first { $0.id == SampleEntries.id(70) }?.expires == updated)
        partition.removeExpired(at: updated)
        #expect(partition.count == 29)
    }
}
