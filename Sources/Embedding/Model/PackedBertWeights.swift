package import VectorMath

/// The weights of a BERT encoder with its linear layers packed for the kernels. Embeddings and normalisations stay
/// views into the file. Several encoders share one.
package struct PackedBertWeights: Sendable {
    /// One transformer block.
    struct Layer: Sendable {
        /// Query, key and value as one layer.
        let projection: PackedLinear
        let attentionOutput: PackedLinear
        let attentionNorm: EncoderKernels.Norm
        let intermediate: PackedLinear
        let output: PackedLinear
        let outputNorm: EncoderKernels.Norm
    }

    package let format: NumberFormat
    let source: BertWeights
    let embeddingNorm: EncoderKernels.Norm
    let layers: [Layer]

    /// Reads all linear layers once. nil when the kernels cannot compute attention of this model's shape.
    package init?(_ weights: BertWeights, format: NumberFormat) {
        guard EncoderKernels.supports(headWidth: weights.configuration.headWidth) else { return nil }
        self.format = format
        self.source = weights
        let epsilon = weights.configuration.layerNormEpsilon
        func norm(_ norm: BertWeights.Normalization) -> EncoderKernels.Norm {
            EncoderKernels.Norm(gain: norm.gain, shift: norm.shift, epsilon: epsilon)
        }
        func pack(_ parts: BertWeights.Linear...) -> PackedLinear {
            PackedLinear(format, parts.map { ($0.weights, $0.bias) })
        }
        self.embeddingNorm = norm(weights.embeddingNorm)
        self.layers = weights.layers.map { layer in
            Layer(
                projection: pack(layer.query, layer.key, layer.value),
                attentionOutput: pack(layer.attentionOutput), attentionNorm: norm(layer.attentionNorm),
                intermediate: pack(layer.intermediate), output: pack(layer.output),
                outputNorm: norm(layer.outputNorm))
        }
    }
}
