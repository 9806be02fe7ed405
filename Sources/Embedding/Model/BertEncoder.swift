import VectorMath

/// The forward pass of BERT (Devlin et al. 2018) with mean pooling: token ids to unit vectors.
///
/// Texts of any lengths stand one behind the other in one matrix, so that the large products run over all of them and
/// no padding is computed; only attention goes text by text. Scratch memory is kept between passes. One thread owns an
/// encoder; several encoders share the weights.
package final class BertEncoder {
    /// Rows of the feed-forward part done at once: enough for full speed, few enough that they stay in the cache.
    private static let feedForwardRows = 256

    /// Tokens one pass takes; more are done in several.
    package let tokenCapacity: Int
    private let weights: BertWeights
    private let hidden: Matrix
    private let projections: Matrix
    private let context: Matrix
    private let expanded: Matrix
    private let attention: SelfAttention
    private let longest: Int
    /// Looks at the input of each linear layer before it is multiplied.
    var observe: ((LayerInput, Matrix, Range<Int>) -> Void)?

    /// - Parameters:
    ///   - tokenCapacity: tokens of one pass; raised to `longest`.
    ///   - longest: tokens of the longest text, at most the model's positions.
    package init(weights: BertWeights, tokenCapacity: Int, longest: Int) {
        let shape = weights.configuration
        precondition(longest <= shape.positionCount, "\(longest) tokens for a model of \(shape.positionCount)")
        self.weights = weights
        self.longest = longest
        self.tokenCapacity = max(tokenCapacity, longest)
        self.hidden = Matrix(rows: self.tokenCapacity, columns: shape.hiddenSize)
        self.projections = Matrix(rows: self.tokenCapacity, columns: 3 * shape.hiddenSize)
        self.context = Matrix(rows: self.tokenCapacity, columns: shape.hiddenSize)
        self.expanded = Matrix(
            rows: min(self.tokenCapacity, Self.feedForwardRows), columns: shape.intermediateSize)
        self.attention = SelfAttention(heads: shape.headCount, headWidth: shape.headWidth, longest: longest)
    }

    /// The unit vectors of `texts`, in their order. Each text must have 1 to `longest` ids of the vocabulary, which the
    /// tokenizer sees to.
    package func encode(_ texts: [[Int32]]) -> [[Float]] {
        var vectors: [[Float]] = []
        vectors.reserveCapacity(texts.count)
        for group in TextGroups(texts, tokenCapacity: tokenCapacity) { vectors += runPass(group) }
        return vectors
    }

    private func runPass(_ texts: ArraySlice<[Int32]>) -> [[Float]] {
        var sequences: [Range<Int>] = []
        var count = 0
        for text in texts {
            sequences.append(count..<count + text.count)
            count += text.count
        }
        for (text, rows) in zip(texts, sequences) { lookUp(text, rows: rows) }
        normalize(rows: 0..<count, bias: nil, weights.embeddingNorm)
        for (index, layer) in weights.layers.enumerated() {
            attend(layer, index, sequences: sequences, rows: 0..<count)
            feedForward(layer, index, rows: 0..<count)
        }
        return sequences.map { Kernels.normalizedMean(hidden, rows: $0) }
    }

    private func lookUp(_ text: [Int32], rows: Range<Int>) {
        precondition((1...longest).contains(text.count), "a text of \(text.count) tokens, not 1 to \(longest)")
        for (position, id) in text.enumerated() {
            Kernels.setRow(
                hidden, rows.lowerBound + position,
                toSumOf: (weights.words, Int(id)), (weights.positions, position), and: weights.firstType)
        }
    }

    private func attend(_ layer: BertWeights.Layer, _ index: Int, sequences: [Range<Int>], rows: Range<Int>) {
        let width = weights.configuration.hiddenSize
        observe?(LayerInput(layer: index, kind: .projection), hidden, rows)
        for (place, part) in [layer.query, layer.key, layer.value].enumerated() {
            BLAS.multiply(
                hidden, rows: rows, byTransposed: part.weights, into: projections, outputRow: 0,
                column: place * width)
        }
        Kernels.addBias(projections, rows: rows, bias: layer.projectionBias)
        for sequence in sequences { attention.attend(projections, sequence: sequence, into: context) }
        observe?(LayerInput(layer: index, kind: .attentionOutput), context, rows)
        // The residual is what `hidden` holds already: the product is added to it.
        BLAS.multiply(
            context, rows: rows, byTransposed: layer.attentionOutput.weights, into: hidden, outputRow: 0,
            accumulating: true)
        normalize(rows: rows, bias: layer.attentionOutput.bias, layer.attentionNorm)
    }

    private func feedForward(_ layer: BertWeights.Layer, _ index: Int, rows: Range<Int>) {
        var first = rows.lowerBound
        while first < rows.upperBound {
            let block = first..<min(first + Self.feedForwardRows, rows.upperBound)
            let local = 0..<block.count
            observe?(LayerInput(layer: index, kind: .intermediate), hidden, block)
            BLAS.multiply(
                hidden, rows: block, byTransposed: layer.intermediate.weights, into: expanded, outputRow: 0)
            Kernels.addBiasAndGELU(expanded, rows: local, bias: layer.intermediate.bias)
            observe?(LayerInput(layer: index, kind: .output), expanded, local)
            BLAS.multiply(
                expanded, rows: local, byTransposed: layer.output.weights, into: hidden,
                outputRow: block.lowerBound, accumulating: true)
            normalize(rows: block, bias: layer.output.bias, layer.outputNorm)
            first = block.upperBound
        }
    }

    private func normalize(rows: Range<Int>, bias: ConstantMatrix?, _ norm: BertWeights.Normalization) {
        Kernels.addBiasAndLayerNorm(
            hidden, rows: rows, bias: bias, gain: norm.gain, shift: norm.shift,
            epsilon: weights.configuration.layerNormEpsilon)
    }
}
