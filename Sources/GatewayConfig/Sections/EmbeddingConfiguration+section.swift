import Embedding

extension EmbeddingConfiguration {
    /// Reads `embedding`.
    mutating func read(_ section: ConfigSection) {
        section.read("provider", .choice, into: &provider)
        section.read("model_dir", .text("a folder"), into: &modelDirectory)
        section.read("precision", .choice, into: &precision)
        section.read("max_tokens", .integer(8...8192), into: &maximumTokens)
        section.read("long_text", .choice, into: &longText)
        section.read("threads", .integer(1...64), into: &threads)
        section.read("memo_bytes", .bytes(0...16 << 30), into: &memoBytes)
        section.read("queue_limit", .integer(1...1_000_000), into: &queueLimit)
        section.read("max_batch_texts", .integer(1...1024), into: &maximumBatchTexts)
        section.read("max_batch_tokens", .integer(1...65_536), into: &maximumBatchTokens)
        section.read("deadline", .duration(.milliseconds(1) ... .seconds(60)), into: &deadline)
        servedModel = section.optional("serve_as", .word("a model's name"))
        remote = section.optionalSection("remote", Remote.read)
        previous = section.optionalSection("previous", PreviousEncoder.read)
        if provider == .off, servedModel != nil {
            section.refuse("serve_as", "expected an encoder for it, found embedding.provider: off")
        }
        if provider == .remote, !section.has("remote") {
            section.refuse("provider", "expected embedding.remote to be set with the provider remote, found nothing")
        }
    }
}

extension EmbeddingConfiguration.Remote {
    /// Reads `embedding.remote`.
    fileprivate static func read(_ section: ConfigSection) -> EmbeddingConfiguration.Remote? {
        let baseURL = section.required("base_url", .baseURL)
        let allowsPrivateAddresses = section.readPrivateHost(baseURL)
        let model = section.required("model", .word("a model's name"))
        let apiKey = section.optional("api_key", .secret(section.reader.secrets))
        let dimension = section.required("dimension", .integer(1...65_536))
        let revision = section.optional("revision", .word("a word"))
        guard let baseURL, let model, let dimension else { return nil }
        var remote = EmbeddingConfiguration.Remote(
            baseURL: baseURL, model: model, apiKey: apiKey, dimension: dimension)
        remote.allowsPrivateAddresses = allowsPrivateAddresses
        remote.revision = revision
        return remote
    }
}

extension PreviousEncoder {
    /// Reads `embedding.previous`.
    fileprivate static func read(_ section: ConfigSection) -> PreviousEncoder? {
        let threshold = section.required("threshold", ConfigKind<Float>.number(0...1))
        var previous = PreviousEncoder(threshold: threshold ?? 1)
        section.read("provider", .choice, into: &previous.provider)
        section.read("model_dir", .text("a folder"), into: &previous.modelDirectory)
        section.read("max_tokens", .integer(8...8192), into: &previous.maximumTokens)
        section.read("long_text", .choice, into: &previous.longText)
        section.read("rate", .integer(0...100_000), into: &previous.rate)
        previous.remote = section.optionalSection("remote", EmbeddingConfiguration.Remote.read)
        switch previous.provider {
        case .off: section.refuse("provider", "expected local or remote, found off")
        case .remote where !section.has("remote"):
            section.refuse(
                "provider", "expected embedding.previous.remote to be set with the provider remote, found nothing")
        case .local, .remote: break
        }
        return previous
    }
}
