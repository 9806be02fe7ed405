import Embedding
import GatewayCore
import NIOConcurrencyHelpers

/// An encoder whose texts lie on a circle: a text's angle is the number in front of it, in degrees.
final class FakeEncoder: Embedder {
    enum Mood {
        case well
        /// Never delivers anything.
        case hangs
        case fails(EmbeddingErrorCode)
        /// Another model: the same circle lies elsewhere.
        case turned
    }

    let identity = EncoderIdentity(name: "circle", fingerprint: "1", dimension: 16)
    private let state = NIOLockedValueBox((mood: Mood.well, calls: 0))

    var calls: Int { state.withLockedValue { $0.calls } }

    func become(_ mood: Mood) { state.withLockedValue { $0.mood = mood } }

    func embed(_ text: String, into promise: EmbeddingPromise) {
        let mood = state.withLockedValue { state in
            state.calls += 1
            return state.mood
        }
        switch mood {
        case .well: promise.settle(.success(Self.vector(text)))
        case .fails(let code): promise.settle(.failure(EmbeddingError(code, "as told")))
        case .turned:
            promise.settle(.success(EmbeddingVector(unit: Self.vector(text).components.reversed())))
        case .hangs: break
        }
    }

    static func vector(_ text: String) -> EmbeddingVector {
        let degrees = Double(text.prefix { $0.isNumber }) ?? 0
        var components = [Float](repeating: 0, count: 16)
        // Cosines of the angles the tests use, from a table: cos 5° = 0.9962, cos 60° = 0.5.
        let table: [Double: (Float, Float)] = [0: (1, 0), 5: (0.996_194_7, 0.087_155_74), 60: (0.5, 0.866_025_4)]
        (components[0], components[1]) = table[degrees] ?? (0, 1)
        return EmbeddingVector(unit: components)
    }
}
