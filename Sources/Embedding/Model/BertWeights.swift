import Crypto
import VectorMath

/// The weights of a BERT encoder as views into its safetensors file: nothing is copied, and replicas on one machine
/// share the memory.
package struct BertWeights: Sendable {
    /// Weights and bias of one linear layer, one output per row.
    struct Linear: Sendable {
        let weights: ConstantMatrix
        let bias: ConstantMatrix
    }

    /// Gain and shift of one layer normalisation.
    struct Normalization: Sendable {
        let gain: ConstantMatrix
        let shift: ConstantMatrix
    }

    /// One transformer block.
    struct Layer: Sendable {
        let query: Linear
        let key: Linear
        let value: Linear
        /// The biases of query, key and value side by side.
        let projectionBias: ConstantMatrix
        let attentionOutput: Linear
        let attentionNorm: Normalization
        let intermediate: Linear
        let output: Linear
        let outputNorm: Normalization
    }

    package let configuration: BertConfiguration
    let words: ConstantMatrix
    let positions: ConstantMatrix
    /// The type embedding of a first, and here only, sentence.
    let firstType: [Float]
    let embeddingNorm: Normalization
    let layers: [Layer]
    private let file: SafetensorsFile

    /// Maps `path` and finds every tensor. Throws `.modelMissing` or `.modelInvalid`.
    package init(path: String, configuration: BertConfiguration) throws(EmbeddingError) {
        let file = try SafetensorsFile(path: path)
        let width = configuration.hiddenSize
        self.file = file
        self.configuration = configuration
        self.words = try file.matrix(
            "embeddings.word_embeddings.weight", rows: configuration.vocabularySize, columns: width)
        self.positions = try file.matrix(
            "embeddings.position_embeddings.weight", rows: configuration.positionCount, columns: width)
        self.firstType = try file.matrix(
            "embeddings.token_type_embeddings.weight", rows: configuration.tokenTypeCount, columns: width
        ).row(0)
        self.embeddingNorm = try Self.normalization("embeddings.LayerNorm", width, in: file)
        var layers: [Layer] = []
        for index in 0..<configuration.layerCount {
            layers.append(try Self.layer("encoder.layer.\(index)", configuration, in: file))
        }
        self.layers = layers
    }

    /// SHA-256 of the whole file. Reads all of it, once, and gives the memory back: most of the file is embeddings of
    /// words, of which few are ever looked up.
    package func digest() -> [UInt8] {
        var hash = SHA256()
        file.bytes.withBytes { bytes in
            // The digest takes its input as a pointer, which does not outlive the call.
            unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        }
        releasePages()
        return Array(hash.finalize())
    }

    /// Gives the memory of all that was read back to the system; what is used again is read again.
    package func releasePages() {
        file.bytes.releasePages()
    }

    private static func layer(
        _ name: String, _ shape: BertConfiguration, in file: SafetensorsFile
    ) throws(EmbeddingError) -> Layer {
        let width = shape.hiddenSize
        let query = try linear("\(name).attention.self.query", width, width, in: file)
        let key = try linear("\(name).attention.self.key", width, width, in: file)
        let value = try linear("\(name).attention.self.value", width, width, in: file)
        let biases = query.bias.row(0) + key.bias.row(0) + value.bias.row(0)
        return Layer(
            query: query, key: key, value: value,
            projectionBias: ConstantMatrix(rows: 1, columns: 3 * width, values: biases),
            attentionOutput: try linear("\(name).attention.output.dense", width, width, in: file),
            attentionNorm: try normalization("\(name).attention.output.LayerNorm", width, in: file),
            intermediate: try linear("\(name).intermediate.dense", shape.intermediateSize, width, in: file),
            output: try linear("\(name).output.dense", width, shape.intermediateSize, in: file),
            outputNorm: try normalization("\(name).output.LayerNorm", width, in: file))
    }

    private static func linear(
        _ name: String, _ outputs: Int, _ inputs: Int, in file: SafetensorsFile
    ) throws(EmbeddingError) -> Linear {
        Linear(
            weights: try file.matrix("\(name).weight", rows: outputs, columns: inputs),
            bias: try file.matrix("\(name).bias", rows: 1, columns: outputs))
    }

    private static func normalization(
        _ name: String, _ width: Int, in file: SafetensorsFile
    ) throws(EmbeddingError) -> Normalization {
        Normalization(
            gain: try file.matrix("\(name).weight", rows: 1, columns: width),
            shift: try file.matrix("\(name).bias", rows: 1, columns: width))
    }
}
