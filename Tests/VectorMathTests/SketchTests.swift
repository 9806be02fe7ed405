import GatewayTesting
import Testing

@testable import VectorMath

@Suite("Bounds of a search", .timeLimit(.minutes(2)))
struct SketchTests {
    /// Every set of instructions that a processor may offer, as far as this one does.
    static let processors: [ProcessorFeatures] = [
        ProcessorFeatures(), [.avx2], [.avx2, .avx512, .vnni], [.neon],
    ].map { (features: ProcessorFeatures) in features.intersection(.current) }

    private func basis(_ rows: [[Float]], sample: Int = 2048) throws -> SketchBasis {
        let matrix = Matrix(rows: sample, columns: SearchVectors.dimension)
        for row in 0..<sample { matrix.setRow(row, to: rows[row % rows.count]) }
        return try #require(SketchBasis(sample: matrix, rows: sample))
    }

    @Test("No row whose product reaches the bar is ruled out, whatever the rows, the query and the bar",
          arguments: [1, 2, 3, 4] as [UInt64])
    func noneLost(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let vectors = SearchVectors(count: 1_000, strange: seed > 2, using: &generator).rows
        // Learned from some of the rows, from rows of one kind, or from a single one.
        let basis = try basis(Array(vectors.prefix([900, 500, 40, 1][Int(seed) - 1])))
        let sketch = SketchRows(basis: basis, capacity: vectors.count)
        let codes = CodeRows(dimension: SearchVectors.dimension, capacity: vectors.count)
        for vector in vectors {
            sketch.append(vector)
            #expect(codes.append(vector) != nil)
        }
        #expect(sketch.count == 992)
        let scratch = CodeScratch()
        for number in 0..<40 {
            var vector = number % 3 == 0 ? SearchVectors.even(&generator) : vectors[number * 23]
            if number % 7 == 0 { vector = vector.map { $0 * 3 } }
            let query = try #require(CodeQuery(vector))
            let weights = SketchQuery(query, basis: basis)
            let scores = vectors.map { SearchVectors.dot($0, vector) }
            let ranked = scores.sorted(by: >)
            for rank in [0, 1, 7, 30, 200, 500, 999] {
                let bar = Float(ranked[rank])
                let scan = sketch.scan(weights, reaching: bar, scratch: scratch)
                let kept = Set(scratch.rows(scan.survivors))
                #expect(kept.count == scan.survivors && scan.scanned == 992)
                let lost = scores.indices.filter { $0 < 992 && Float(scores[$0]) >= bar && !kept.contains($0) }
                #expect(lost.isEmpty, "seed \(seed), query \(number), bar \(bar): lost \(lost)")
                var bounded: Set<Int> = []
                var tooLow: [Int] = []
                let scored = codes.visitBounds(
                    of: query, reaching: bar, survivors: scan.survivors, from: scan.scanned, scratch: scratch
                ) { row, bound in
                    bounded.insert(row)
                    if Double(bound) < scores[row] || bound < BLAS.dot(vectors[row], vector) { tooLow.append(row) }
                }
                #expect(tooLow.isEmpty, "seed \(seed), query \(number): bounds of \(tooLow)")
                #expect(scored == scan.survivors + 8)
                let missed = scores.indices.filter { Float(scores[$0]) >= bar && !bounded.contains($0) }
                #expect(missed.isEmpty, "seed \(seed), query \(number), bar \(bar): lost \(missed)")
            }
        }
    }

    @Test("Rows that are far from a query are ruled out: a bar of 0.9 leaves few of thousands")
    func fewLeft() throws {
        var generator = SeededGenerator(seed: 5)
        let vectors = SearchVectors(count: 1_024, strange: false, using: &generator).rows
        let basis = try basis(vectors)
        let sketch = SketchRows(basis: basis, capacity: vectors.count)
        for vector in vectors { sketch.append(vector) }
        let scratch = CodeScratch()
        let query = try #require(CodeQuery(vectors[100]))
        let reaching = vectors.count { SearchVectors.dot($0, vectors[100]) >= 0.9 }
        let scan = sketch.scan(SketchQuery(query, basis: basis), reaching: 0.9, scratch: scratch)
        #expect(scan.survivors >= reaching && scan.survivors < reaching + 200)
        #expect(sketch.scan(SketchQuery(query, basis: basis), reaching: -2, scratch: scratch).survivors == 1_024)
    }

    @Test("Every kernel finds the same rows and bounds, at every count of rows", arguments: Self.processors)
    func kernels(features: ProcessorFeatures) throws {
        var generator = SeededGenerator(seed: 6)
        let vectors = SearchVectors(count: 400, strange: true, using: &generator).rows
        let basis = try basis(vectors)
        let (plain, tested) = (CodeScratch(), CodeScratch())
        for count in [1, 15, 16, 17, 32, 33, 63, 64, 257, 400] {
            let sketch = SketchRows(basis: basis, capacity: count)
            let codes = CodeRows(dimension: SearchVectors.dimension, capacity: count)
            for vector in vectors.prefix(count) {
                sketch.append(vector)
                _ = codes.append(vector)
            }
            for number in 0..<4 {
                let query = try #require(CodeQuery(vectors[number]))
                let weights = SketchQuery(query, basis: basis)
                for bar in [-.infinity, -0.2, 0.1, 0.5, 0.9, .infinity] as [Float] {
                    let expected = sketch.scan(weights, reaching: bar, scratch: plain, features: [])
                    let found = sketch.scan(weights, reaching: bar, scratch: tested, features: features)
                    #expect(plain.rows(expected.survivors) == tested.rows(found.survivors))
                    #expect(expected.blocksEntered == found.blocksEntered)
                    var bounds: ([Int: Float], [Int: Float]) = ([:], [:])
                    codes.visitBounds(
                        of: query, reaching: bar, survivors: expected.survivors, from: expected.scanned,
                        scratch: plain, features: []
                    ) { bounds.0[$0] = $1 }
                    codes.visitBounds(
                        of: query, reaching: bar, survivors: found.survivors, from: found.scanned, scratch: tested,
                        features: features
                    ) { bounds.1[$0] = $1 }
                    #expect(bounds.0 == bounds.1)
                }
            }
        }
    }

    @Test("Queries that share a pass find what each finds alone", arguments: Self.processors)
    func together(features: ProcessorFeatures) throws {
        var generator = SeededGenerator(seed: 9)
        let vectors = SearchVectors(count: 400, strange: true, using: &generator).rows
        let basis = try basis(vectors)
        let alone = CodeScratch()
        let scratch = (0..<SketchRows.together).map { _ in CodeScratch() }
        let bars: [Float] = [-.infinity, -0.2, 0.1, 0.5, 0.9, .infinity]
        for count in [1, 16, 33, 257, 400] {
            let sketch = SketchRows(basis: basis, capacity: count)
            for vector in vectors.prefix(count) { sketch.append(vector) }
            for turn in bars.indices {
                // Each query with another bar: some find everything while others find nothing.
                let queries = try (0..<SketchRows.together).map { number in
                    let query = try #require(CodeQuery(vectors[number * 7]))
                    return (query: SketchQuery(query, basis: basis), bar: bars[(turn + number) % bars.count])
                }
                let found = sketch.scanTogether(queries, scratch: scratch, features: features)
                for (number, (query, bar)) in queries.enumerated() {
                    let expected = sketch.scan(query, reaching: bar, scratch: alone, features: [])
                    #expect(scratch[number].rows(found[number].survivors) == alone.rows(expected.survivors))
                    #expect(found[number].blocksEntered == expected.blocksEntered)
                    #expect(found[number].scanned == expected.scanned)
                }
            }
        }
    }

    @Test("Codes bound products of any dimension, at every remainder of a cache line", arguments: [1, 3, 63, 64, 65, 191])
    func dimensions(dimension: Int) throws {
        var generator = SeededGenerator(seed: UInt64(dimension))
        let codes = CodeRows(dimension: dimension, capacity: 50)
        let rows = (0..<50).map { number in
            randomFloats(dimension, -1...1, using: &generator).map { number % 9 == 0 ? $0 * 1e-30 : $0 }
        }
        for row in rows { #expect(codes.append(row) != nil) }
        #expect(codes.append(rows[0]) == nil, "full")
        for _ in 0..<20 {
            let vector = randomFloats(dimension, -1...1, using: &generator)
            let query = try #require(CodeQuery(vector))
            for features in Self.processors {
                var seen = 0
                codes.visitBounds(of: query, reaching: -.infinity, scratch: CodeScratch(), features: features) {
                    let score = SearchVectors.dot(rows[$0], vector)
                    if Double($1) >= score && Double($1) <= score + 0.03 * Double(dimension) { seen += 1 }
                }
                #expect(seen == 50)
            }
        }
    }

    @Test("What is not finite, or has another length, is refused")
    func refused() throws {
        #expect(CodeQuery([1, .nan]) == nil)
        #expect(CodeQuery([.infinity, 0]) == nil)
        let codes = CodeRows(dimension: 2, capacity: 4)
        #expect(codes.append([1, .nan]) == nil)
        #expect(codes.append([1]) == nil)
        #expect(codes.append([0, 0]) == 0)
        var seen: [Int: Float] = [:]
        codes.visitBounds(of: try #require(CodeQuery([1])), reaching: -9, scratch: CodeScratch()) { seen[$0] = $1 }
        #expect(seen.isEmpty, "a query of another length is scored against nothing")
        codes.visitBounds(of: try #require(CodeQuery([0, 0])), reaching: -9, scratch: CodeScratch()) { seen[$0] = $1 }
        #expect(abs(seen[0] ?? 9) < 1e-6)
    }

    @Test("No directions are learned from too few vectors, too short ones, or such that are no numbers")
    func notLearned() {
        #expect(SketchBasis(sample: Matrix(rows: 1023, columns: 384), rows: 1023) == nil)
        #expect(SketchBasis(sample: Matrix(rows: 2048, columns: 64), rows: 2048) == nil)
        #expect(SketchBasis(sample: Matrix(rows: 1024, columns: 384), rows: 2048) == nil)
        let broken = Matrix(rows: 1024, columns: 384)
        broken.setRow(7, to: [Float](repeating: .nan, count: 384))
        #expect(SketchBasis(sample: broken, rows: 1024) == nil)
        #expect(SketchBasis(sample: Matrix(rows: 1024, columns: 384), rows: 1024) != nil, "zeros have directions too")
    }

    @Test("A reader that scans while rows are added sees whole blocks only")
    func concurrentReaders() async throws {
        var generator = SeededGenerator(seed: 8)
        let vectors = SearchVectors(count: 1_000, strange: false, using: &generator).rows
        let basis = try basis(vectors)
        let sketch = SketchRows(basis: basis, capacity: vectors.count)
        let query = try #require(CodeQuery(vectors[0]))
        let weights = SketchQuery(query, basis: basis)
        let expected = Set(vectors.indices.filter { SearchVectors.dot(vectors[$0], vectors[0]) >= 0.8 })
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for vector in vectors { sketch.append(vector) } }
            group.addTask {
                let scratch = CodeScratch()
                var scanned = 0
                while scanned < 992 {
                    let scan = sketch.scan(weights, reaching: 0.8, scratch: scratch)
                    scanned = scan.scanned
                    let found = Set(scratch.rows(scan.survivors))
                    #expect(expected.filter { $0 < scanned }.isSubset(of: found))
                    await Task.yield()
                }
            }
        }
    }
}
