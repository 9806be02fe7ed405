import Crypto
package import GatewayCore
import NIOCore
import VectorMath

/// A BERT-family sentence encoder from a folder with `model.safetensors`, `tokenizer.json` and `config.json`.
package struct LocalModel: Sendable {
    package let tokenizer: WordPieceTokenizer
    package let weights: BertWeights
    /// Named after the folder; the fingerprint covers weights, tokenizer and length.
    package let identity: EncoderIdentity

    /// Maps and checks everything. Reads the weights once for their digest; all-MiniLM-L6-v2 takes about 0.1 s.
    ///
    /// - Parameters:
    ///   - maximumTokens: tokens of the longest text, [CLS] and [SEP] included.
    ///   - specialTokens: `.recognise` only to compare with the reference.
    package init(
        directory: String, maximumTokens: Int, specialTokens: SpecialTokenRule = .escape
    ) throws(EmbeddingError) {
        let configuration = try BertConfiguration(path: directory + "/config.json")
        let tokenizerPath = directory + "/tokenizer.json"
        let model = try TokenizerModel(path: tokenizerPath)
        guard Int(model.highestID) < configuration.vocabularySize else {
            throw EmbeddingError(
                .modelInvalid,
                "\(tokenizerPath): ids must be below vocab_size \(configuration.vocabularySize) of config.json, "
                    + "but go up to \(model.highestID)")
        }
        guard (3...configuration.positionCount).contains(maximumTokens) else {
            throw EmbeddingError(
                .invalidConfiguration,
                "max_tokens must be 3 to \(configuration.positionCount), the model's positions, not \(maximumTokens)")
        }
        self.tokenizer = WordPieceTokenizer(
            model: model, maximumLength: maximumTokens, specialTokens: specialTokens)
        self.weights = try BertWeights(path: directory + "/model.safetensors", configuration: configuration)

        var hash = SHA256()
        hash.update(data: weights.digest())
        let file = try ModelFile(path: tokenizerPath)
        hash.update(data: Array(file.buffer(0..<file.bytes.count).readableBytesView))
        hash.update(data: Array("max_tokens \(maximumTokens)".utf8))
        let name = directory.split(separator: "/").last.map(String.init) ?? directory
        self.identity = EncoderIdentity(
            name: name, fingerprint: Hexadecimal.encode(Array(hash.finalize().prefix(8))),
            dimension: configuration.hiddenSize)
    }
}
