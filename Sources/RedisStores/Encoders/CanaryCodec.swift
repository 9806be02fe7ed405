import GatewayCore
import NIOCore
import SemanticCache

/// Turns an encoder's canaries into an envelope and back. They are no secret and belong to no tenant: never sealed.
enum CanaryCodec {
    /// - Throws: `malformed` when the envelope cannot be made.
    static func encode(
        _ canaries: [EmbeddingVector], of encoder: EncoderIdentity
    ) throws(CacheStoreError) -> ByteBuffer {
        var vectors = ByteBufferAllocator().buffer(
            capacity: canaries.count * encoder.dimension * MemoryLayout<Float>.stride)
        for canary in canaries {
            for component in canary.components { vectors.writeInteger(component.bitPattern, endianness: .little) }
        }
        var contents = ByteBufferAllocator().buffer(capacity: vectors.readableBytes + 8)
        contents.write(.vector, vectors)
        guard let envelope = EntryEnvelope.close(contents, .canaries(of: encoder), seal: nil) else {
            throw CacheStoreError(.malformed, "the canaries could not be written")
        }
        return envelope
    }

    /// - Throws: `vector` for another number of components; what the envelope finds.
    static func decode(
        _ envelope: ByteBuffer, of encoder: EncoderIdentity
    ) throws(EntryFault) -> [EmbeddingVector] {
        var contents = try EntryEnvelope.open(envelope, .canaries(of: encoder), seal: nil)
        while let (kind, bytes) = try contents.readSection() {
            guard kind == .vector else { continue }
            let count = EncoderCanaries.texts.count
            guard bytes.readableBytes == count * encoder.dimension * MemoryLayout<Float>.stride else { throw .vector }
            var rest = bytes
            return (0..<count).map { _ in
                EmbeddingVector(
                    unit: (0..<encoder.dimension).compactMap { _ in
                        rest.readInteger(endianness: .little, as: UInt32.self).map(Float.init(bitPattern:))
                    })
            }
        }
        throw .damaged
    }
}
