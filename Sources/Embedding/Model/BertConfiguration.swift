import GatewayCore

/// The shape of a BERT model, from its `config.json`.
package struct BertConfiguration: Sendable, Equatable {
    package let hiddenSize: Int
    package let layerCount: Int
    package let headCount: Int
    package let intermediateSize: Int
    /// Tokens of the longest sequence the model has positions for.
    package let positionCount: Int
    package let vocabularySize: Int
    package let tokenTypeCount: Int
    package let layerNormEpsilon: Float

    package var headWidth: Int { hiddenSize / headCount }

    /// Reads the file at `path`. Throws `.modelMissing`, or `.modelInvalid` for a model this encoder cannot run.
    package init(path: String) throws(EmbeddingError) {
        let file = try ModelFile(path: path)
        let root = try file.json()
        try Self.require("model_type", "bert", of: root, in: file)
        try Self.require("hidden_act", "gelu", of: root, in: file)
        if let kind = root["position_embedding_type"]?.string, kind != "absolute" {
            throw file.invalid("position_embedding_type must be absolute, not \(kind)")
        }
        self.hiddenSize = try Self.size("hidden_size", 1...16_384, of: root, in: file)
        self.layerCount = try Self.size("num_hidden_layers", 1...128, of: root, in: file)
        self.headCount = try Self.size("num_attention_heads", 1...256, of: root, in: file)
        self.intermediateSize = try Self.size("intermediate_size", 1...65_536, of: root, in: file)
        self.positionCount = try Self.size("max_position_embeddings", 1...65_536, of: root, in: file)
        self.vocabularySize = try Self.size("vocab_size", 1...4_000_000, of: root, in: file)
        self.tokenTypeCount = try Self.size("type_vocab_size", 1...256, of: root, in: file)
        self.layerNormEpsilon = Float(root["layer_norm_eps"]?.double ?? 1e-12)
        guard hiddenSize.isMultiple(of: headCount) else {
            throw file.invalid("hidden_size \(hiddenSize) must be a multiple of num_attention_heads \(headCount)")
        }
    }

    private static func require(
        _ name: String, _ value: String, of root: JSONElement, in file: ModelFile
    ) throws(EmbeddingError) {
        let found = root[name]?.string
        guard found == value else { throw file.invalid("\(name) must be \(value), not \(found ?? "absent")") }
    }

    private static func size(
        _ name: String, _ range: ClosedRange<Int>, of root: JSONElement, in file: ModelFile
    ) throws(EmbeddingError) -> Int {
        guard let value = root[name]?.integer, range.contains(value) else {
            let found = root[name]?.integer.map(String.init) ?? "absent"
            throw file.invalid("\(name) must be \(range.lowerBound) to \(range.upperBound), not \(found)")
        }
        return value
    }
}
