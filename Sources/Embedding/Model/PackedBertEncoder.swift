package import VectorMath

/// The forward pass of BERT with mean pooling on packed weights: the same as `BertEncoder`, in our own kernels.
///
/// Texts of any lengths stand one behind the other in one matrix; no padding is computed. Scratch memory is kept
/// between passes. One thread owns an encoder; several encoders share the weights.
package final class PackedBertEncoder: BatchEncoder {
    /// Tokens of one pass. Larger passes gain nothing: the products run at full speed from some dozen rows on, and up
    /// to here what stands between two layers stays in the second-level cache.
    private static let passTokens = 128

    private let weights: PackedBertWeights
    private let kernels: EncoderKernels
    private let hidden: Activations
    private let context: Activations
    private let expanded: Activations
    private let projections: Matrix
    private let scratch: AttentionScratch
    private let longest: Int

    /// - Parameter longest: tokens of the longest text, at most the model's positions.
    package init(weights: PackedBertWeights, kernels: EncoderKernels, longest: Int) {
        let shape = weights.source.configuration
        precondition(longest <= shape.positionCount, "\(longest) tokens for a model of \(shape.positionCount)")
        let rows = max(Self.passTokens, longest)
        self.weights = weights
        self.kernels = kernels
        self.longest = longest
        self.hidden = Activations(weights.format, rows: rows, columns: shape.hiddenSize)
        self.context = Activations(weights.format, rows: rows, columns: shape.hiddenSize)
        self.expanded = Activations(weights.format, rows: rows, columns: shape.intermediateSize)
        self.projections = Matrix(rows: rows, columns: 3 * shape.hiddenSize)
        self.scratch = AttentionScratch(longest: longest, headWidth: shape.headWidth)
    }

    /// The unit vectors of `texts`, in their order. Each text must have 1 to `longest` ids of the vocabulary, which the
    /// tokenizer sees to.
    package func encode(_ texts: [[Int32]]) -> [[Float]] {
        var vectors: [[Float]] = []
        vectors.reserveCapacity(texts.count)
        for group in TextGroups(texts, tokenCapacity: Self.passTokens) { runPass(group, into: &vectors) }
        return vectors
    }

    private func runPass(_ texts: ArraySlice<[Int32]>, into vectors: inout [[Float]]) {
        var count = 0
        for text in texts {
            lookUp(text, firstRow: count)
            count += text.count
        }
        let rows = 0..<count
        kernels.normalize(hidden, rows: rows, weights.embeddingNorm, for: weights.layers.first?.projection)
        for (index, layer) in weights.layers.enumerated() {
            attend(layer, texts: texts, rows: rows)
            kernels.multiply(hidden, rows: rows, by: layer.intermediate, into: expanded.values, outputRow: 0, .gelu)
            kernels.pack(expanded, rows: rows, for: layer.output)
            kernels.multiply(expanded, rows: rows, by: layer.output, into: hidden.values, outputRow: 0, .add)
            let next = index + 1 < weights.layers.count ? weights.layers[index + 1].projection : nil
            kernels.normalize(hidden, rows: rows, layer.outputNorm, for: next)
        }
        var first = 0
        for text in texts {
            vectors.append(Kernels.normalizedMean(hidden.values, rows: first..<first + text.count))
            first += text.count
        }
    }

    private func lookUp(_ text: [Int32], firstRow: Int) {
        precondition((1...longest).contains(text.count), "a text of \(text.count) tokens, not 1 to \(longest)")
        let source = weights.source
        for (position, id) in text.enumerated() {
            Kernels.setRow(
                hidden.values, firstRow + position,
                toSumOf: (source.words, Int(id)), (source.positions, position), and: source.firstType)
        }
    }

    private func attend(_ layer: PackedBertWeights.Layer, texts: ArraySlice<[Int32]>, rows: Range<Int>) {
        kernels.multiply(hidden, rows: rows, by: layer.projection, into: projections, outputRow: 0, .store)
        var first = 0
        for text in texts {
            kernels.attend(
                projections, sequence: first..<first + text.count, heads: weights.source.configuration.headCount,
                into: context.values, scratch)
            first += text.count
        }
        kernels.pack(context, rows: rows, for: layer.attentionOutput)
        // The residual is what `hidden` holds already: the product is added to it.
        kernels.multiply(context, rows: rows, by: layer.attentionOutput, into: hidden.values, outputRow: 0, .add)
        kernels.normalize(hidden, rows: rows, layer.attentionNorm, for: layer.intermediate)
    }
}
