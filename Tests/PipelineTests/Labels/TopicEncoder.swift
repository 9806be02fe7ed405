import Embedding
import GatewayCore

/// An encoder for which texts are about their last word: two about the same are near, cosine 0.94 or so, others far.
final class TopicEncoder: Embedder {
    let identity = EncoderIdentity(name: "topics", fingerprint: "1", dimension: 16)

    func embed(_ text: String, into promise: EmbeddingPromise) { promise.settle(.success(Self.vector(text))) }

    static func vector(_ text: String) -> EmbeddingVector {
        let topic = direction(String(text.split(separator: " ").last ?? ""))
        let wording = direction(text)
        let sum = zip(topic, wording).map { $0 + 0.25 * $1 }
        let norm = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return EmbeddingVector(unit: sum.map { $0 / norm })
    }

    /// The same for the same text in every run.
    private static func direction(_ text: String) -> [Float] {
        var state = FNV1a(text).value
        let components = (0..<16).map { _ -> Float in
            // SplitMix64 (Steele, Lea and Flood, 2014).
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Float(Int64(bitPattern: mixed ^ (mixed >> 31)) >> 40) / Float(1 << 23)
        }
        let norm = components.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return components.map { $0 / norm }
    }
}
