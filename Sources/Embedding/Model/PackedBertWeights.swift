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
    /// - Parameter ranges: make int8 truer; other formats do without.
    package init?(_ weights: BertWeights, format: NumberFormat, ranges: ActivationRanges?) {
        guard EncoderKernels.supports(headWidth: weights.configuration.headWidth) else { return nil }
        self.format = format
        self.source = weights
        let epsilon = weights.configuration.layerNormEpsilon
        func norm(_ norm: BertWeights.Normalization) -> EncoderKernels.Norm {
            EncoderKernels.Norm(gain: norm.gain, shift: norm.shift, epsilon: epsilon)
        }
        func pack(_ index: Int, _ kind: LayerInput.Kind, _ parts: BertWeights.Linear...) -> PackedLinear {
            PackedLinear(
                format, parts.map { ($0.weights, $0.bias) },
                scaling: ranges?.scaling(LayerInput(layer: index, kind: kind), parts.map(\.weights)))
        }
        self.embeddingNorm = norm(weights.embeddingNorm)
        self.layers = weights.layers.enumerated().map { index, layer in
            Layer(
                projection: pack(index, .projection, layer.query, layer.key, layer.value),
                attentionOutput: pack(index, .attentionOutput, layer.attentionOutput),
                attentionNorm: norm(layer.attentionNorm),
                intermediate: pack(index, .intermediate, layer.intermediate),
                output: pack(index, .output, layer.output), outputNorm: norm(layer.outputNorm))
        }
    }
}
