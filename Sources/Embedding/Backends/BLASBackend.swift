/// 32-bit floats through BLAS, straight from the mapped file: runs anywhere, and is what the others are held against.
package struct BLASBackend: EncoderBackend {
    package let name = "f32 blas"
    private let weights: BertWeights

    package init(_ weights: BertWeights) {
        self.weights = weights
    }

    package func makeEncoder(tokenCapacity: Int, longest: Int) -> any BatchEncoder {
        BertEncoder(weights: weights, tokenCapacity: tokenCapacity, longest: longest)
    }
}
