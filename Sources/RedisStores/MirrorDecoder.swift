import GatewayCore
import NIOCore
import RedisClient
import SemanticCache

/// Reads the mirrored part of entries, many with one encoder. What it reads may be anything: other versions, damaged
/// fields and keys of others are counted and give nil, never a trap.
struct MirrorDecoder: Sendable {
    /// The fields it reads, in their order.
    static let fields = [
        EntryFields.version, EntryFields.partition, EntryFields.encoder, EntryFields.mirrored,
        EntryFields.group,
    ]

    private let codec: EntryCodec
    private let dimension: Int
    private let encoder: ByteBuffer
    private let version = ByteBuffer(string: EntryFields.currentVersion)

    /// Of the squared norm: wide enough for encoders that round their vectors.
    private static let normTolerance: Float = 0.02

    init(encoder: EncoderIdentity, codec: EntryCodec) {
        self.codec = codec
        self.dimension = encoder.dimension
        self.encoder = ByteBuffer(string: encoder.description)
    }

    /// Asks for ``fields``.
    static func read(_ key: String) -> RedisCommand {
        var command = RedisCommand("HMGET", capacity: 128)
        command.append(key)
        for field in fields { command.append(field) }
        return command
    }

    /// The mirrored part in a reply to ``read(_:)``; nil without a vector of the encoder.
    func entry(_ reply: RedisReply, id: EntryID) -> MirroredEntry? {
        do throws(EntryFault) {
            guard let values = reply.array, values.count == Self.fields.count else { throw .foreign }
            // Gone, or of a request that is only matched whole, or of another encoder.
            if values[2].isNull || values[0].bytes == version && values[2].bytes != encoder { return nil }
            guard values[0].bytes == version else { throw .version }
            return try entry(values, id: id)
        } catch {
            codec.faults.count(error)
            return nil
        }
    }

    private func entry(_ values: [RedisReply], id: EntryID) throws(EntryFault) -> MirroredEntry? {
        guard let partition = values[1].bytes.flatMap({ PartitionID(bytes: Array($0.readableBytesView)) }),
            let envelope = values[3].bytes
        else { throw .damaged }
        let part = try MirroredPart(
            envelope, id: id, partition: partition, encoder: encoder, seals: codec.seals)
        let group = values[4].integer.map { value in
            EntryGroup.group(value, of: id, seal: codec.seals.seal(of: part.labels?.tenant ?? .open))
        }
        guard let bytes = part.vector, let embedding = vector(bytes) else { throw .vector }
        if let question = part.question {
            return MirroredEntry(
                id: id, partition: partition, question: question, expires: part.expires, embedding: embedding,
                owner: part.labels.map(PartitionOwner.init), group: group)
        }
        // Features of another release are no fault: the entry is served to the same question only.
        guard let encoded = part.features, GuardFeatures(encoded: encoded) != nil else { return nil }
        return MirroredEntry(
            id: id, partition: partition, features: encoded, expires: part.expires, embedding: embedding,
            owner: part.labels.map(PartitionOwner.init), group: group)
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
