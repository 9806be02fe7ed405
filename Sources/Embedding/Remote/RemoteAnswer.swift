import GatewayCore
import NIOCore
import VectorMath

/// The body of a `/v1/embeddings` answer, checked and brought into the order of the inputs.
struct RemoteAnswer {
    let vectors: [EmbeddingVector]

    /// - Parameters:
    ///   - count: how many inputs were sent.
    ///   - dimension: components each vector must have.
    init(_ body: ByteBuffer, count: Int, dimension: Int) throws(EmbeddingError) {
        let root: JSONElement
        do {
            root = try JSONDocument(body).root
        } catch {
            throw Self.invalid("must be JSON; \(error)")
        }
        guard let entries = root["data"], entries.kind == .array else { throw Self.invalid("must have an array data") }
        var vectors = [EmbeddingVector?](repeating: nil, count: count)
        for (position, entry) in entries.elements.enumerated() {
            // Services may answer out of order; those that leave the index out answer in order.
            let index = entry["index"]?.integer ?? position
            guard vectors.indices.contains(index), vectors[index] == nil else {
                throw Self.invalid("must hold each index from 0 to \(count - 1) once, but index \(index) came")
            }
            vectors[index] = try Self.vector(entry["embedding"], dimension: dimension)
        }
        let present = vectors.compactMap { $0 }
        guard present.count == count else {
            throw Self.invalid("must hold \(count) vectors, not \(present.count)")
        }
        self.vectors = present
    }

    private static func vector(_ element: JSONElement?, dimension: Int) throws(EmbeddingError) -> EmbeddingVector {
        var components: [Float] = []
        if let text = element?.string {
            guard let floats = Base64Floats.decode(text) else {
                throw invalid("must hold vectors as base64 of 32-bit floats or as arrays of numbers")
            }
            components = floats
        } else if let element, element.kind == .array {
            components.reserveCapacity(dimension)
            for number in element.elements {
                guard components.count < dimension, let value = number.double else {
                    throw invalid("must hold vectors of \(dimension) numbers")
                }
                components.append(Float(value))
            }
        } else {
            throw invalid("must hold a vector as embedding")
        }
        guard components.count == dimension else {
            throw invalid("must hold vectors of \(dimension) components, not \(components.count)")
        }
        guard components.allSatisfy(\.isFinite), Kernels.normalize(&components) else {
            throw invalid("must hold finite vectors that are not zero")
        }
        return EmbeddingVector(unit: components)
    }

    private static func invalid(_ expectation: String) -> EmbeddingError {
        EmbeddingError(.remoteInvalid, "the answer of the embedding service \(expectation)")
    }
}
