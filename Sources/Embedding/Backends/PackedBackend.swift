package import VectorMath

/// Our own kernels on packed weights.
package struct PackedBackend: EncoderBackend {
    package let name: String
    private let weights: PackedBertWeights
    private let kernels: EncoderKernels

    /// Packs the weights: some milliseconds, and memory of their size in `format`. nil when the kernels cannot run the
    /// model's shape.
    /// - Parameter ranges: make int8 truer; other formats do without.
    package init?(
        _ weights: BertWeights, format: NumberFormat, ranges: ActivationRanges? = nil,
        features: ProcessorFeatures = .current
    ) {
        guard let packed = PackedBertWeights(weights, format: format, ranges: ranges) else { return nil }
        self.weights = packed
        self.kernels = EncoderKernels(features: features)
        self.name = "\(format.rawValue) \(kernels.instructionSet)"
    }

    package func makeEncoder(tokenCapacity: Int, longest: Int) -> any BatchEncoder {
        PackedBertEncoder(weights: weights, kernels: kernels, longest: longest)
    }
}
