/// What judgments of one target came to: all that a ridge regression needs, and sums may be added in any order.
///
/// Over judgments of weight w, with features x and score y: Σw, Σw·y·x and Σw·x·xᵀ.
package struct LearningSums: Sendable, Equatable {
    private static let side = LearningFeatures.dimension
    /// Σw, then Σw·y·x, then the upper triangle of Σw·x·xᵀ row by row.
    private static let products = 1 + side
    package static let count = 1 + side + side * (side + 1) / 2

    private(set) var values: [Double]

    package init() { values = Array(repeating: 0, count: Self.count) }

    /// Σw: how many judgments it stands for.
    package var weight: Double { values[0] }

    func response(_ index: Int) -> Double { values[1 + index] }

    /// An element of Σw·x·xᵀ.
    func product(_ row: Int, _ column: Int) -> Double {
        let (row, column) = row <= column ? (row, column) : (column, row)
        return values[Self.products + row * Self.side - row * (row - 1) / 2 + column - row]
    }

    package mutating func add(_ features: LearningFeatures, score: Double, weight: Double) {
        values[0] += weight
        var place = Self.products
        let numbers = features.values.map(Double.init)
        for row in 0..<Self.side {
            let weighted = weight * numbers[row]
            values[1 + row] += score * weighted
            for column in row..<Self.side {
                values[place] += weighted * numbers[column]
                place += 1
            }
        }
    }

    mutating func add(_ other: LearningSums) {
        for index in values.indices { values[index] += other.values[index] }
    }

    /// Makes all that was heard count so much less.
    package mutating func fade(by factor: Double) {
        for index in values.indices { values[index] *= factor }
    }
}

extension LearningSums {
    /// Each number as eight bytes, the lowest first.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.count * 8)
        for value in values {
            let bits = value.bitPattern
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
        }
        return bytes
    }

    /// Nil for bytes that are no sums: too few or too many, no numbers, or a negative weight.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count * 8 else { return nil }
        var values: [Double] = []
        values.reserveCapacity(Self.count)
        var bits: UInt64 = 0
        var shift: UInt64 = 0
        for byte in bytes {
            bits |= UInt64(byte) << shift
            shift += 8
            if shift == 64 {
                values.append(Double(bitPattern: bits))
                (bits, shift) = (0, 0)
            }
        }
        guard values.allSatisfy(\.isFinite), values[0] >= 0 else { return nil }
        self.values = values
    }
}
