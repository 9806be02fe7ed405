import GatewayTesting

@testable import VectorMath

/// Vectors with something in common, as those of texts have: clusters along few directions, and rows that try a bound.
struct SearchVectors {
    static let dimension = 384
    private(set) var rows: [[Float]] = []

    /// - Parameter strange: also zeros, short and long vectors, which no encoder should send.
    init(count: Int, strange: Bool, using generator: inout SeededGenerator) {
        let centres = (0..<40).map { _ in Self.unit(Self.decaying(&generator)) }
        while rows.count < count {
            let other = rows.randomElement(using: &generator) ?? centres[0]
            switch Int.random(in: 0..<20, using: &generator) {
            case 0: rows.append(other)
            case 1: rows.append(other.map { -$0 })
            case 2: rows.append(Self.unit(Self.sum(other, Self.even(&generator), share: 0.001)))
            case 3: rows.append(Self.unit(Self.even(&generator)))
            case 4: rows.append(Self.axis(Int.random(in: 0..<Self.dimension, using: &generator)))
            case 5 where strange: rows.append([Float](repeating: 0, count: Self.dimension))
            case 6 where strange:
                let length = Float.random(in: 0...5, using: &generator)
                rows.append(other.map { $0 * length })
            default:
                let centre = centres.randomElement(using: &generator) ?? centres[0]
                let share = Float.random(in: 0.1...0.9, using: &generator)
                rows.append(Self.unit(Self.sum(centre, Self.unit(Self.decaying(&generator)), share: share)))
            }
        }
    }

    static func unit(_ vector: [Float]) -> [Float] {
        let norm = max(vector.reduce(0) { $0 + $1 * $1 }.squareRoot(), .leastNormalMagnitude)
        return vector.map { $0 / norm }
    }

    static func even(_ generator: inout SeededGenerator) -> [Float] {
        unit(randomFloats(dimension, -1...1, using: &generator))
    }

    static func dot(_ left: [Float], _ right: [Float]) -> Double {
        var sum = 0.0
        for index in left.indices { sum += Double(left[index]) * Double(right[index]) }
        return sum
    }

    private static func decaying(_ generator: inout SeededGenerator) -> [Float] {
        randomFloats(dimension, -1...1, using: &generator).enumerated().map { $1 / (1 + Float($0) / 15) }
    }

    private static func sum(_ left: [Float], _ right: [Float], share: Float) -> [Float] {
        zip(left, right).map { $0 * (1 - share) + $1 * share }
    }

    private static func axis(_ column: Int) -> [Float] { (0..<dimension).map { $0 == column ? 1 : 0 } }
}
