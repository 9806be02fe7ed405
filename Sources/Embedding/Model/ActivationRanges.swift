import VectorMath

/// How large the inputs of a model's linear layers get, as seen on a few texts.
package struct ActivationRanges: Sendable {
    private let ranges: [LayerInput: ColumnRanges]

    /// Runs the reference on `texts`, and looks. Also hands back the vectors.
    package static func measure(
        _ weights: BertWeights, texts: [[Int32]]
    ) -> (ranges: ActivationRanges, vectors: [[Float]]) {
        let longest = texts.map(\.count).max() ?? 1
        let capacity = texts.reduce(0) { $0 + $1.count }
        let encoder = BertEncoder(weights: weights, tokenCapacity: capacity, longest: longest)
        var ranges: [LayerInput: ColumnRanges] = [:]
        encoder.observe = { input, matrix, rows in
            ranges[input, default: ColumnRanges(columns: matrix.columns)].add(matrix, rows: rows)
        }
        let vectors = encoder.encode(texts)
        return (ActivationRanges(ranges: ranges), vectors)
    }

    /// How to scale one input for its layer's `weights`; nil when it was not seen.
    func scaling(_ input: LayerInput, _ weights: [ConstantMatrix]) -> InputScaling? {
        ranges[input].map { InputScaling($0, weights) }
    }
}
