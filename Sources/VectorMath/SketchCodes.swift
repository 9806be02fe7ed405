internal import CKernels

/// One vector as a ``SketchRows`` keeps it.
struct SketchCodes {
    static let firstGroups = Int(REFRAIN_SKETCH_FIRST) / 8
    static let secondGroups = Int(REFRAIN_SKETCH_SECOND) / 8

    /// What one unit of the slack bytes is worth: of what is left out, and of what the codes miss of the components.
    static let remainderUnit = 1.02 / 255
    static let errorUnit = 0.5 / 255
    /// The longest that the vector of the codes may be.
    static let longest = 1.05
    /// Vectors of other lengths are not of an encoder that keeps its word.
    private static let longestSquare = 1.01

    /// Codes of 0 to 15.
    private let codes: [UInt8]
    /// Upper bounds, rounded up: remainder and error of the first part, remainder and error of both.
    let slack: [UInt8]

    /// Nil for a vector that these bytes cannot bound.
    init?(_ vector: [Float], basis: SketchBasis) {
        let square = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
        guard square <= Self.longestSquare else { return nil }
        let components = basis.project(vector)
        var codes = [UInt8](repeating: 0, count: components.count)
        var slack: [UInt8] = []
        var (error, length) = (0.0, 0.0)
        for (index, component) in components.enumerated() {
            let step = basis.steps[index]
            let code = max(0, min(15, ((component - basis.centres[index]) / step + 7.5).rounded()))
            codes[index] = UInt8(code)
            let value = Double(basis.centres[index]) + Double(step) * (Double(code) - 7.5)
            error += (Double(component) - value) * (Double(component) - value)
            length += value * value
            guard index + 1 == SketchBasis.firstCount || index + 1 == components.count else { continue }
            let remainder = basis.remainder(of: square, components: components[...index])
            guard let left = Self.raised(remainder / Self.remainderUnit),
                let missed = Self.raised(error.squareRoot() / Self.errorUnit)
            else { return nil }
            slack += [left, missed]
        }
        guard length.squareRoot() <= Self.longest else { return nil }
        self.codes = codes
        self.slack = slack
    }

    /// The byte of four that holds components `8 × group + index` and the fourth after it.
    func byte(group: Int, _ index: Int) -> UInt8 {
        codes[8 * group + index] | codes[8 * group + 4 + index] << 4
    }

    private static func raised(_ value: Double) -> UInt8? {
        // A hair more than the next number, for the rounding of the division itself.
        let raised = (value * (1 + 1e-12)).rounded(.up)
        return raised <= 255 ? UInt8(raised) : nil
    }
}
