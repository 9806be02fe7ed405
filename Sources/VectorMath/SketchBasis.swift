internal import CKernels

/// Directions in which a partition's vectors differ most, learned from some of them: what a ``SketchRows`` keeps of a
/// vector are its components along these, in four bits each.
///
/// Any orthonormal directions give true bounds; better ones leave fewer rows to look at. Within each of the two parts
/// the principal directions are turned at random, so that all components of a part are of one size and one step serves
/// them (as RaBitQ and OPQ do for the same reason).
package struct SketchBasis: Sendable {
    /// Components of the first part and of both.
    static let firstCount = Int(REFRAIN_SKETCH_FIRST)
    static let count = Int(REFRAIN_SKETCH_FIRST + REFRAIN_SKETCH_SECOND)

    /// Vectors of fewer components are not worth a sketch.
    package static let smallestDimension = 192
    /// The fewest vectors to learn from.
    package static let smallestSample = 1024

    package let dimension: Int
    /// One direction a row.
    let directions: ConstantMatrix
    /// Of each component, what lies between the middle codes.
    let centres: [Float]
    /// What one code is worth, by component.
    let steps: [Float]
    /// Bounds what rounding does to a projection of a unit vector, and how far the directions are from orthonormal.
    let roundingError: Double

    /// Learns from `sample`, whose rows are vectors. Takes tens of milliseconds and scratch memory of twice the sample.
    /// Nil when there are too few vectors, or components, or the directions found are not orthonormal.
    package init?(sample: Matrix, rows: Int) {
        guard sample.columns >= Self.smallestDimension, rows >= Self.smallestSample, rows <= sample.rows else {
            return nil
        }
        dimension = sample.columns
        roundingError = Double(Self.count).squareRoot() * Double(dimension + 8) * 0x1p-24
        var learner = SketchLearner(sample: sample, rows: rows)
        guard let directions = learner.directions(), learner.deviation(of: directions) <= roundingError else {
            return nil
        }
        self.directions = directions
        (centres, steps) = learner.grid(along: directions)
        guard centres.allSatisfy(\.isFinite), steps.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
    }

    /// The same for all copies of one basis.
    package var identity: ObjectIdentifier { directions.identity }

    /// The components of a vector along the directions.
    func project(_ vector: [Float]) -> [Float] {
        precondition(vector.count == dimension, "a vector of \(vector.count) for directions of \(dimension)")
        return [Float](unsafeUninitializedCapacity: Self.count) { buffer, initialized in
            guard let start = buffer.baseAddress else { return }
            BLAS.sgemv(
                rows: Self.count, columns: dimension, matrix: directions.pointer(row: 0), stride: dimension,
                vector: vector, into: start)
            initialized = Self.count
        }
    }

    /// An upper bound of the length of what `components` leave out of a vector whose squared length is `square`.
    func remainder(of square: Double, components: ArraySlice<Float>) -> Double {
        let kept = components.reduce(0.0) { $0 + Double($1) * Double($1) }
        return (max(square - kept, 0) + 4 * roundingError * square).squareRoot()
    }
}
