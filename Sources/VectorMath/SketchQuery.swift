internal import CKernels

/// A query as whole weights of the codes of one basis, with what must be added so that no row's sum is below its true
/// dot product.
package struct SketchQuery: Sendable {
    let weights: refrain_sketch_query
    /// What one unit of a sum is worth.
    private let unit: Double
    /// What is added to the sums of the first part, and of both: parts that do not depend on the row.
    private let constants: (first: Double, both: Double)

    package init(_ query: CodeQuery, basis: SketchBasis) {
        let components = basis.project(query.components)
        let parts = [0..<SketchBasis.firstCount, 0..<components.count]
        let lengths = parts.map { part in
            components[part].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        }
        let square = query.norm * query.norm
        let remainders = parts.map { basis.remainder(of: square, components: components[$0]) }
        var widest = max(lengths[1] * SketchCodes.errorUnit, remainders[0] * SketchCodes.remainderUnit)
        for (component, step) in zip(components, basis.steps) {
            widest = max(widest, abs(Double(component)) * Double(step))
        }
        let unit = max(widest / 127 * (1 + 1e-9), .leastNormalMagnitude)
        var (constant, missed) = (0.0, 0.0)
        var constants: [Double] = []
        var codeWeights: [Int8] = []
        for (index, component) in components.enumerated() {
            let step = Double(basis.steps[index])
            let weight = Int8(clamping: Int((Double(component) * step / unit).rounded()))
            codeWeights.append(weight)
            // The component as the weight has it: with it the sum is exact, and its distance is accounted for.
            let kept = Double(weight) * unit / step
            constant += kept * Double(basis.centres[index]) - 7.5 * unit * Double(weight)
            missed += (Double(component) - kept) * (Double(component) - kept)
            guard index + 1 == SketchBasis.firstCount || index + 1 == components.count else { continue }
            let rounding = 4 * basis.roundingError * query.norm
            constants.append(constant + missed.squareRoot() * SketchCodes.longest + rounding)
        }
        self.unit = unit
        self.constants = (constants[0], constants[1])
        let slack = zip(remainders, lengths).map { remainder, length in
            [
                Self.raised(remainder * SketchCodes.remainderUnit / unit),
                Self.raised(length * SketchCodes.errorUnit / unit),
            ]
        }
        self.weights = Self.packed(
            codeWeights, first: slack[0] + [0, 0], both: [0, 0] + slack[1])
    }

    /// Sets the sums that a row must reach so that its dot product may reach `bar`.
    func setThresholds(of weights: inout refrain_sketch_query, reaching bar: Float) {
        weights.first_threshold = threshold(Double(bar), constant: constants.first)
        weights.second_threshold = threshold(Double(bar), constant: constants.both)
    }

    private func threshold(_ bar: Double, constant: Double) -> Int32 {
        let sum = ((bar - constant) / unit).rounded(.down) - 1
        return sum <= Double(Int32.min) ? .min : sum >= Double(Int32.max) ? .max : sum.isNaN ? .min : Int32(sum)
    }

    private static func raised(_ value: Double) -> Int8 {
        Int8(clamping: Int(value.rounded(.up)))
    }

    private static func packed(_ codes: [Int8], first: [Int8], both: [Int8]) -> refrain_sketch_query {
        var weights = refrain_sketch_query()
        withUnsafeMutableBytes(of: &weights.first) { copy(codes[..<SketchBasis.firstCount], to: $0) }
        withUnsafeMutableBytes(of: &weights.second) { copy(codes[SketchBasis.firstCount...], to: $0) }
        withUnsafeMutableBytes(of: &weights.first_slack) { copy(first[...], to: $0) }
        withUnsafeMutableBytes(of: &weights.second_slack) { copy(both[...], to: $0) }
        return weights
    }

    private static func copy(_ weights: ArraySlice<Int8>, to bytes: UnsafeMutableRawBufferPointer) {
        for (index, weight) in weights.enumerated() { bytes[index] = UInt8(bitPattern: weight) }
    }
}
