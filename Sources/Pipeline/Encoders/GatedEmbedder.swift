package import Embedding
package import GatewayCore

/// An encoder for those who store many vectors: refuses while it is not known to be the one its name stands for.
package struct GatedEmbedder: Embedder {
    private let base: any Embedder
    private let gate: EncoderGate

    package init(_ base: any Embedder, gate: EncoderGate) {
        self.base = base
        self.gate = gate
    }

    package var identity: EncoderIdentity { base.identity }

    package func embed(_ text: String, into promise: EmbeddingPromise) {
        switch gate.standing {
        case .sound: base.embed(text, into: promise)
        case .unchecked: refuse(promise, "it could not yet be checked against what is stored")
        case .mismatched: refuse(promise, "its vectors are not those that its name stands for")
        }
    }

    package func recall(_ text: String) -> EmbeddingVector? { gate.standing == .sound ? base.recall(text) : nil }

    package func tokenCount(of text: String) -> Int? { base.tokenCount(of: text) }

    private func refuse(_ promise: EmbeddingPromise, _ reason: String) {
        promise.settle(.failure(EmbeddingError(.unproven, reason)))
    }
}
