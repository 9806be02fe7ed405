import GatewayCore
import NIOCore

/// Turns vectors of distractors into bytes and back. Damaged vectors are left out.
enum CurationCodec {
    /// Nil for none.
    static func bytes(of distractors: [EmbeddingVector]) -> ByteBuffer? {
        guard let first = distractors.first else { return nil }
        let length = first.dimension * MemoryLayout<Float>.stride
        var bytes = ByteBufferAllocator().buffer(capacity: 2 + distractors.count * length)
        bytes.writeInteger(UInt16(clamping: length), endianness: .little)
        for distractor in distractors where distractor.dimension == first.dimension {
            for component in distractor.components { bytes.writeInteger(component.bitPattern, endianness: .little) }
        }
        return bytes
    }

    static func vectors(_ bytes: ByteBuffer) -> [EmbeddingVector] {
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
