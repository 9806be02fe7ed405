import GatewayCore
import NIOCore
import RedisClient
import SemanticCache

/// Reads the mirrored part of entries, many with one encoder. What it reads may be anything: other versions and damaged
/// fields give nil, never a trap.
struct MirrorDecoder: Sendable {
    private let dimension: Int
    private let encoder: ByteBuffer
    private let version = ByteBuffer(string: EntryFields.currentVersion)

    /// Of the squared norm: wide enough for encoders that round their vectors.
    private static let normTolerance: Float = 0.02

    init(encoder: EncoderIdentity) {
        self.dimension = encoder.dimension
        self.encoder = ByteBuffer(string: encoder.description)
    }

    /// The mirrored part in a reply to `HMGET` with ``EntryCodec/mirroredFields``; nil without a vector of the encoder.
    func entry(_ values: [RedisReply]?, id: EntryID) -> MirroredEntry? {
        guard let values, values.count == EntryCodec.mirroredFields.count, values[0].bytes == version,
            let wall = values[1].bytes, let partition = PartitionID(bytes: Array(wall.readableBytesView)),
            let question = values[2].string, let expires = values[3].integer, values[4].bytes == encoder,
            let bytes = values[5].bytes, let embedding = vector(bytes)
        else { return nil }
        return MirroredEntry(
            id: id, partition: partition, question: question, expires: UnixTime(milliseconds: expires),
            embedding: embedding,
            owner: values[6].string.flatMap { EntryLabels(text: $0).labels }.map(PartitionOwner.init))
    }

    /// Nil unless there are exactly `dimension` floats of norm 1: a damaged vector that is too long would be as
    /// similar as can be to every question.
    private func vector(_ bytes: ByteBuffer) -> EmbeddingVector? {
        guard bytes.readableBytes == dimension * MemoryLayout<Float>.stride else { return nil }
        let components = unsafe [Float](unsafeUninitializedCapacity: dimension) { target, count in
            unsafe bytes.withUnsafeReadableBytes { source in
                unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
            }
            count = dimension
            #if _endian(big)
            for index in unsafe target.indices {
                unsafe target[index] = unsafe Float(bitPattern: target[index].bitPattern.byteSwapped)
            }
            #endif
        }
        // False for infinities and what is no number, too.
        guard abs(Self.squaredNorm(components.span) - 1) <= Self.normTolerance else { return nil }
        return EmbeddingVector(unit: components)
    }

    /// In eight lanes: one sum would wait for each of its additions.
    private static func squaredNorm(_ components: Span<Float>) -> Float {
        var lanes = SIMD8<Float>.zero
        let whole = components.count / 8 * 8
        for start in stride(from: 0, to: whole, by: 8) {
            var part = SIMD8<Float>.zero
            for lane in 0..<8 { part[lane] = components[start + lane] }
            lanes += part * part
        }
        var norm = lanes.sum()
        for index in whole..<components.count { norm += components[index] * components[index] }
        return norm
    }
}
