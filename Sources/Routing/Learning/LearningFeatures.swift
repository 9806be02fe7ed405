/// A request as the learner sees it: a point of ``dimension`` numbers.
package struct LearningFeatures: Sendable, Equatable {
    /// A fixed projection of the embedding first, then these.
    static let projected = 32
    static let bias = 32
    static let complexity = 33
    static let tier = 34
    static let size = 35
    package static let dimension = 36

    /// Four by four.
    let groups: [SIMD4<Float>]

    /// - Precondition: none. Missing numbers are 0, those beyond are left out.
    package init(_ values: [Float]) {
        groups = stride(from: 0, to: Self.dimension, by: 4).map { start in
            var group = SIMD4<Float>.zero
            for lane in 0..<4 where start + lane < values.count { group[lane] = values[start + lane] }
            return group
        }
    }

    package subscript(index: Int) -> Float { groups[index / 4][index % 4] }

    package var values: [Float] { (0..<Self.dimension).map { self[$0] } }
}

extension LearningFeatures {
    /// In ten-thousandths, for records. Features are about 1 at most, so that no more is lost than in a judgment.
    package var record: [Int] { values.map { Int(($0 * Self.scale).rounded()) } }

    /// Nil for what ``record`` cannot have written.
    package init?(record: [Int]) {
        let range = -Self.largest...Self.largest
        guard record.count == Self.dimension, record.allSatisfy(range.contains) else { return nil }
        self.init(record.map { Float($0) / Self.scale })
    }

    private static let scale: Float = 10_000
    private static let largest = 320_000
    /// No feature is further from 0 than a record can say.
    static let limit: Float = 32
}
