/// The embedder that the configuration asks for, with its memo, and the way to end it.
package struct EmbeddingService: Sendable {
    /// What the other stages use.
    package let embedder: MemoizingEmbedder
    private let local: LocalEmbedder?

    /// Loads the local model or sets up the remote one; nil when the provider is `off`. Blocks while a model is read.
    /// - Parameter transport: needed for a remote provider only.
    package static func make(
        _ configuration: EmbeddingConfiguration, transport: (any EmbeddingTransport)?
    ) throws(EmbeddingError) -> EmbeddingService? {
        if let problem = configuration.problems.first { throw EmbeddingError(.invalidConfiguration, problem) }
        switch configuration.provider {
        case .off:
            return nil
        case .local:
            let local = try LocalEmbedder(configuration: configuration)
            return EmbeddingService(
                embedder: MemoizingEmbedder(local, byteLimit: configuration.memoBytes), local: local)
        case .remote:
            guard let remote = configuration.remote, let transport else {
                throw EmbeddingError(.invalidConfiguration, "a remote provider needs its section and a transport")
            }
            let embedder = RemoteEmbedder(remote, transport: transport)
            return EmbeddingService(
                embedder: MemoizingEmbedder(embedder, byteLimit: configuration.memoBytes), local: nil)
        }
    }

    /// How many texts wait for the local model or are being encoded; zero for a remote one.
    package var queueDepth: Int { local?.queueDepth ?? 0 }

    /// What runs the local model, such as `int8 avx512`; nil for a remote one.
    package var backendName: String? { local?.backendName }

    /// Why faster backends were passed over, one sentence each.
    package var backendRefusals: [String] { local?.refusals ?? [] }

    /// Fails what waits and ends the engine threads. Returns when they have ended.
    package func close() async {
        await local?.close()
    }
}
