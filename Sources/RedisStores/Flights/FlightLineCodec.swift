import GatewayCore
import NIOCore
import RedisClient
import SemanticCache

/// Turns lines into stream fields and back. What it reads may be anything: it gives nil, never a trap.
struct FlightLineCodec: Sendable {
    /// Whose vectors can be compared with ours.
    let encoder: EncoderIdentity
    /// Ours: what we have told ourselves is left out.
    let replica: String

    /// Of the squared norm: vectors come with 16 bits each.
    private static let normTolerance: Float = 0.02

    /// Field names and values in turn.
    static func fields(of claim: FlightClaim) -> [RedisArgument] {
        var fields: [RedisArgument] = [
            "e", .string(claim.key.entry.description), "p", .string(claim.key.partition.description),
            "g", .integer(Int(claim.key.generation)),
        ]
        if let announced = claim.announced {
            fields += [
                "q", .string(announced.question), "enc", .string(announced.vector.encoder.description),
                "vec", .buffer(encode(announced.vector.embedding)),
            ]
        }
        return fields
    }

    /// A line of the stream; nil for our own, damaged ones and kinds that a later version may write.
    func line(_ reply: RedisReply) -> FlightLine? {
        guard let parts = reply.array, parts.count == 2, let id = parts[0].string.flatMap({ FlightToken($0) }),
            let fields = parts[1].array
        else { return nil }
        var values: [String: RedisReply] = [:]
        for index in stride(from: 0, to: fields.count - 1, by: 2) {
            if let name = fields[index].string { values[name] = fields[index + 1] }
        }
        if values["r"]?.string == replica { return nil }
        switch values["op"]?.string {
        case "begin": return flight(id, values).map { .began($0) }
        case "end":
            guard let token = values["t"]?.string.flatMap({ FlightToken($0) }) else { return nil }
            return .ended(token, isKept: values["k"]?.string == "1")
        default: return nil
        }
    }

    private func flight(_ token: FlightToken, _ values: [String: RedisReply]) -> AwayFlight? {
        guard let entry = values["e"]?.string.flatMap({ EntryID(hexadecimal: $0) }),
            let partition = values["p"]?.string.flatMap({ Hexadecimal.decode($0) }).flatMap({ PartitionID(bytes: $0) }),
            let generation = values["g"]?.integer
        else { return nil }
        let key = FlightKey(entry: entry, partition: partition, generation: Int64(generation))
        return AwayFlight(token: token, key: key, course: course(values))
    }

    private func course(_ values: [String: RedisReply]) -> FlightCourse? {
        guard values["enc"]?.string == encoder.description, let question = values["q"]?.string,
            let bytes = values["vec"]?.bytes, let embedding = vector(bytes)
        else { return nil }
        return FlightCourse(embedding: embedding, features: GuardFeatures(text: question))
    }

    /// Half precision: an error of 0.0005 at most in a cosine, for half the bytes of each announcement.
    private static func encode(_ embedding: EmbeddingVector) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: embedding.dimension * 2)
        for component in embedding.components {
            buffer.writeInteger(Float16(component).bitPattern, endianness: .little)
        }
        return buffer
    }

    private func vector(_ bytes: ByteBuffer) -> EmbeddingVector? {
        guard bytes.readableBytes == encoder.dimension * 2 else { return nil }
        var bytes = bytes
        var components: [Float] = []
        components.reserveCapacity(encoder.dimension)
        var norm: Float = 0
        while let bits = bytes.readInteger(endianness: .little, as: UInt16.self) {
            let component = Float(Float16(bitPattern: bits))
            components.append(component)
            norm += component * component
        }
        // False for infinities and what is no number, too.
        guard abs(norm - 1) <= Self.normTolerance else { return nil }
        return EmbeddingVector(unit: components)
    }
}
