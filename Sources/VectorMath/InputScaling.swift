/// What a layer in bytes does to the columns of its input before it cuts a row into 255 steps.
///
/// A few columns of a transformer's activations are much larger than the others, and one scale for a row leaves the
/// others few steps. So each column has its usual mean taken off, and is divided by a factor that its weights are
/// multiplied with: what is hard to cut moves from the activations to the weights, half of it in the logarithm
/// (SmoothQuant, Xiao et al. 2023, with α = 0.5). The product stays the same but for rounding.
package struct InputScaling: Sendable, Equatable {
    /// By column, subtracted from the input.
    let centres: [Float]
    /// By column, the input is divided by it and the weights are multiplied with it. Above zero.
    let divisors: [Float]

    /// Changes nothing.
    package static func none(columns: Int) -> InputScaling {
        InputScaling(
            centres: Array(repeating: 0, count: columns), divisors: Array(repeating: 1, count: columns))
    }

    private init(centres: [Float], divisors: [Float]) {
        self.centres = centres
        self.divisors = divisors
    }

    /// - Parameters:
    ///   - ranges: of the layer's input.
    ///   - weights: of the layer, in one or several parts, one output per row.
    package init(_ ranges: ColumnRanges, _ weights: [ConstantMatrix]) {
        let columns = ranges.lows.count
        var heaviest = [Float](repeating: 0, count: columns)
        for part in weights {
            precondition(part.columns == columns, "\(part.columns) columns for ranges of \(columns)")
            for row in 0..<part.rows {
                let values = part.pointer(row: row)
                for column in 0..<columns { heaviest[column] = max(heaviest[column], abs(values[column])) }
            }
        }
        let reaches = (0..<columns).map { ranges.reach($0) }
        // A column that was hardly seen to move may move in another text: it counts as a hundredth of the widest.
        let (leastReach, leastWeight) = ((reaches.max() ?? 0) / 100, (heaviest.max() ?? 0) / 100)
        let divisors = zip(reaches, heaviest).map { reach, weight in
            (max(reach, leastReach) / max(weight, leastWeight)).squareRoot()
        }
        guard divisors.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            self = .none(columns: columns)
            return
        }
        self.init(centres: (0..<columns).map { ranges.mean($0) }, divisors: divisors)
    }
}
