import GatewayCore
import VectorMath

/// Vectors for the search bench: those of real texts as far as they go, then mixtures of them.
///
/// A mixture is x + (y − z) ÷ 2 of three drawn vectors, brought to length 1: it spreads as the real ones do, and
/// its cosine to x about 0.8, as of another question on the same subject.
struct SearchRowsSource {
    private let real: ConstantMatrix
    /// The first rows of the file's shuffled order are asked, never stored.
    static let queryCount = 512
    private let order: [Int]

    /// Nil when there are not enough vectors to ask and to store.
    init?(_ real: ConstantMatrix) {
        guard real.rows > 2 * Self.queryCount else { return nil }
        self.real = real
        var random = BenchRandom(seed: 1)
        order = (0..<real.rows).shuffled(using: &random)
    }

    var realCount: Int { real.rows - Self.queryCount }

    func query(_ number: Int) -> EmbeddingVector {
        EmbeddingVector(unit: real.row(order[number % Self.queryCount]))
    }

    /// Row `number`, always the same.
    func row(_ number: Int) -> EmbeddingVector {
        if number < realCount { return EmbeddingVector(unit: stored(number)) }
        var random = BenchRandom(seed: UInt64(number))
        let (x, y, z) = (draw(&random), draw(&random), draw(&random))
        let sum = x.indices.map { x[$0] + (y[$0] - z[$0]) / 2 }
        let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return EmbeddingVector(unit: sum.map { $0 / max(length, .leastNormalMagnitude) })
    }

    private func stored(_ number: Int) -> [Float] { real.row(order[Self.queryCount + number]) }

    private func draw(_ random: inout BenchRandom) -> [Float] {
        stored(Int.random(in: 0..<realCount, using: &random))
    }

    /// Writes the queries and then `rows` rows, for other programs.
    func write(rows: Int, to path: String) throws {
        let file = try FloatFile(path: path)
        for number in 0..<Self.queryCount { try file.append(query(number).components) }
        for start in stride(from: 0, to: rows, by: 1024) {
            BenchProgress.show("writing vector \(start) of \(rows)")
            try file.append((start..<min(start + 1024, rows)).flatMap { row($0).components })
        }
    }

    /// Vectors that nobody's text has, for a run without any: normal numbers whose deviations fall from component to
    /// component about as those of real vectors do along their principal directions.
    static func madeUp() throws(BenchError) -> SearchRowsSource {
        let (rows, columns) = (8192, SearchVectors.dimension)
        var random = BenchRandom(seed: 7)
        var values: [Float] = []
        for _ in 0..<rows {
            let row = (0..<columns).map { column in
                let even = (0..<4).reduce(Float(-2)) { sum, _ in sum + Float.random(in: 0..<1, using: &random) }
                return even / (1 + Float(column) / 20).squareRoot()
            }
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            values += row.map { $0 / length }
        }
        guard let source = SearchRowsSource(ConstantMatrix(rows: rows, columns: columns, values: values)) else {
            throw BenchError("too few vectors made up")
        }
        return source
    }
}
