package import GatewayCore

/// Embeds texts with a model that runs in this process.
///
/// The caller's task cuts its text into tokens (microseconds); the forward pass runs on an engine thread.
package final class LocalEmbedder: Embedder {
    package let identity: EncoderIdentity
    /// What runs the forward pass, such as `int8 avx512`.
    package let backendName: String
    /// Why faster backends were passed over, one sentence each.
    package let refusals: [String]
    private let tokenizer: WordPieceTokenizer
    private let longText: LongTextRule
    private let batcher: EmbeddingBatcher

    /// Starts the engine threads. Close the embedder to end them.
    package init(model: LocalModel, choice: BackendChoice, longText: LongTextRule, limits: BatchLimits) {
        self.identity = model.identity
        self.backendName = choice.backend.name
        self.refusals = choice.refusals
        self.tokenizer = model.tokenizer
        self.longText = longText
        let backend = choice.backend
        let longest = model.tokenizer.maximumLength
        self.batcher = EmbeddingBatcher(limits: limits) {
            backend.makeEncoder(tokenCapacity: limits.tokens, longest: longest)
        }
    }

    /// Loads the model that `configuration` names, and chooses its backend. Throws `.modelMissing`, `.modelInvalid` or
    /// `.invalidConfiguration`.
    package convenience init(configuration: EmbeddingConfiguration) throws(EmbeddingError) {
        if let problem = configuration.problems.first { throw EmbeddingError(.invalidConfiguration, problem) }
        let model = try LocalModel(
            directory: configuration.modelDirectory, maximumTokens: configuration.maximumTokens)
        self.init(
            model: model, choice: BackendChoice(model, precision: configuration.precision),
            longText: configuration.longText,
            limits: BatchLimits(
                texts: configuration.maximumBatchTexts, tokens: configuration.maximumBatchTokens,
                queue: configuration.queueLimit, threads: configuration.threads))
    }

    package func embed(_ text: String, into promise: EmbeddingPromise) {
        let tokens = tokenizer.tokenize(text)
        guard !tokens.isTruncated || longText == .truncate else {
            promise.settle(
                .failure(
                    EmbeddingError(
                        .textTooLong,
                        "the text has more than the \(tokenizer.maximumLength) tokens the model reads")))
            return
        }
        batcher.encode(tokens.ids, into: promise)
    }

    package func tokenCount(of text: String) -> Int? { tokenizer.tokenize(text).ids.count }

    /// How many texts wait or are being encoded.
    package var queueDepth: Int { batcher.count }

    /// Fails what waits and ends the engine threads.
    package func close() async {
        await batcher.close()
    }
}
