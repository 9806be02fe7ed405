import GatewayCore
import NIOCore
import RedisClient
import SemanticCache

/// Turns what makes an entry curated into hash fields and back. Damaged vectors are left out.
enum CurationCodec {
    static func fields(of curation: Curation) -> [RedisArgument] {
        var fields: [RedisArgument] = [.string(EntryFields.curated), .string(curation.answer)]
        guard let first = curation.distractors.first else { return fields }
        let length = first.dimension * MemoryLayout<Float>.stride
        var bytes = ByteBufferAllocator().buffer(capacity: 2 + curation.distractors.count * length)
        bytes.writeInteger(UInt16(clamping: length), endianness: .little)
        for distractor in curation.distractors where distractor.dimension == first.dimension {
            for component in distractor.components { bytes.writeInteger(component.bitPattern, endianness: .little) }
        }
        fields += [.string(EntryFields.distractors), .buffer(bytes)]
        return fields
    }

    /// Nil for an entry that is not curated.
    static func curation(_ answer: RedisReply, _ distractors: RedisReply) -> Curation? {
        guard let answer = answer.string else { return nil }
        return Curation(answer: answer, distractors: distractors.bytes.map(vectors) ?? [])
    }

    private static func vectors(_ bytes: ByteBuffer) -> [EmbeddingVector] {
        var bytes = bytes
        guard let length = bytes.readInteger(endianness: .little, as: UInt16.self).map(Int.init), length > 0,
            length.isMultiple(of: MemoryLayout<Float>.stride)
        else { return [] }
        var vectors: [EmbeddingVector] = []
        while bytes.readableBytes >= length {
            let components = (0..<(length / MemoryLayout<Float>.stride)).compactMap { _ in
                bytes.readInteger(endianness: .little, as: UInt32.self).map(Float.init(bitPattern:))
            }
            vectors.append(EmbeddingVector(unit: components))
        }
        return vectors
    }
}
