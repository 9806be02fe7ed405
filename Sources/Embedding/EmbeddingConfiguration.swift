package import GatewayCore

/// How texts become vectors.
package struct EmbeddingConfiguration: Sendable, Equatable {
    /// Where vectors come from.
    package enum Provider: String, Sendable, CaseIterable {
        /// A model that runs in this process.
        case local
        /// An OpenAI-compatible `/v1/embeddings` service.
        case remote
        /// No vectors: the cache finds exact repeats only.
        case off
    }

    /// An OpenAI-compatible embedding service.
    package struct Remote: Sendable, Equatable {
        /// Address up to and including the version, such as `https://api.openai.com/v1`.
        package var baseURL: String
        /// The model's name as the service knows it.
        package var model: String
        /// `revision`: a word of the operator's own that is changed when the service's model is: part of the encoder's
        /// identity. Nil: the name alone tells models apart.
        package var revision: String?
        /// Sent as a bearer token; nil sends none.
        package var apiKey: Secret?
        /// Components of the model's vectors; an answer of another length is refused.
        package var dimension: Int
        /// Whether its host may have an address that is not public.
        package var allowsPrivateAddresses = false

        package init(baseURL: String, model: String, apiKey: Secret? = nil, dimension: Int) {
            self.baseURL = baseURL
            self.model = model
            self.apiKey = apiKey
            self.dimension = dimension
        }
    }

    /// `provider`. Default `local`.
    package var provider: Provider = .local
    /// `model_dir`: folder with `model.safetensors`, `tokenizer.json` and `config.json`.
    package var modelDirectory: String = "model/all-MiniLM-L6-v2"
    /// `precision`: the number format of the local model. Default `auto`.
    package var precision: EncoderPrecision = .auto
    /// `max_tokens`: tokens the model reads of a text, [CLS] and [SEP] included. Default 256, the length
    /// all-MiniLM-L6-v2 was made for.
    package var maximumTokens: Int = 256
    /// `long_text`: what becomes of texts above `max_tokens`. Default `refuse`, because two texts that share their
    /// beginning would get the same vector and so each other's answers.
    package var longText: LongTextRule = .refuse
    /// `threads`: engine threads, each with scratch memory of its own. Default 1.
    package var threads: Int = 1
    /// `queue_limit`: texts that may wait for a local pass before more are refused. Default 1024.
    package var queueLimit: Int = 1024
    /// `max_batch_texts`: texts in one pass at most. Default 32.
    package var maximumBatchTexts: Int = 32
    /// `max_batch_tokens`: tokens in one pass at most. Default 2048; a longer pass gains nothing and delays its first
    /// text.
    package var maximumBatchTokens: Int = 2048
    /// `memo_bytes`: memory for recent texts and their vectors; 0 keeps none. Default 16 MiB.
    package var memoBytes: Int = 16 << 20
    /// `deadline`: how long a request waits for its vector before it goes on without. Default 150 ms.
    package var deadline: Duration = .milliseconds(150)
    /// `serve_as`: the model name under which clients get the encoder's vectors; nil: they do not.
    package var servedModel: String?
    /// `remote`: required when `provider` is `remote`.
    package var remote: Remote?
    /// `previous`: the encoder before this one; nil: what it has stored is found by its own words alone.
    package var previous: PreviousEncoder?

    package init() {}

    /// The encoder before this one as if it were the present one.
    package func former(_ previous: PreviousEncoder) -> EmbeddingConfiguration {
        var former = self
        former.provider = previous.provider
        former.modelDirectory = previous.modelDirectory
        former.maximumTokens = previous.maximumTokens
        former.longText = previous.longText
        former.remote = previous.remote
        former.servedModel = nil
        former.previous = nil
        return former
    }

    /// What is wrong with these values, one sentence each; empty when they can work.
    package var problems: [String] {
        var problems: [String] = []
        if !(8...8192).contains(maximumTokens) {
            problems.append("max_tokens must be 8 to 8192, not \(maximumTokens)")
        }
        if !(1...64).contains(threads) { problems.append("threads must be 1 to 64, not \(threads)") }
        if !(1...1_000_000).contains(queueLimit) {
            problems.append("queue_limit must be 1 to 1000000, not \(queueLimit)")
        }
        if !(1...1024).contains(maximumBatchTexts) {
            problems.append("max_batch_texts must be 1 to 1024, not \(maximumBatchTexts)")
        }
        if !(1...65_536).contains(maximumBatchTokens) {
            problems.append("max_batch_tokens must be 1 to 65536, not \(maximumBatchTokens)")
        }
        if memoBytes < 0 { problems.append("memo_bytes must not be negative, not \(memoBytes)") }
        if deadline <= .zero { problems.append("deadline must be above zero, not \(deadline)") }
        switch (provider, remote) {
        case (.remote, nil):
            problems.append("provider remote needs the section remote with base_url, model and dimension")
        case (.remote, let remote?) where !(1...65_536).contains(remote.dimension):
            problems.append("remote.dimension must be 1 to 65536, not \(remote.dimension)")
        default: break
        }
        return problems
    }
}
