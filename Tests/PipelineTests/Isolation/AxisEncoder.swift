import Embedding
import GatewayCore

/// An encoder in which texts are alike when they ask the same of the same thing, their last word, and else have nothing
/// in common.
final class AxisEncoder: Embedder {
    let identity = EncoderIdentity(name: "axes", fingerprint: "1", dimension: 32)

    static let things = ["parcel", "invoice", "account", "garden", "printer", "window", "lamp", "ticket"]

    func embed(_ text: String, into promise: EmbeddingPromise) {
        var components = [Float](repeating: 0, count: 32)
        let last = text.split { !$0.isLetter }.last.map(String.init) ?? ""
        let kind = text.hasPrefix("Where") ? 8 : text.hasPrefix("What") ? 16 : 0
        components[Self.things.firstIndex(of: last).map { $0 + kind } ?? 31] = 1
        promise.settle(.success(EmbeddingVector(unit: components)))
    }
}
