import GatewayCore
import NIOCore
import RedisClient
import SemanticCache

/// Turns lines into stream fields and back. What it reads may be anything: it gives nil, never a trap.
struct FlightLineCodec: Sendable {
    /// Whose vectors can be compared with ours.
    private let encoder: EncoderIdentity
    private let seals: EntrySeals
    /// Ours: what we have told ourselves is left out.
    private let replica: ByteBuffer

    /// The field that says who has told a line.
    private static let teller = ByteBuffer(string: "r")

    init(encoder: EncoderIdentity, seals: EntrySeals, replica: String) {
        self.encoder = encoder
        self.seals = seals
        self.replica = ByteBuffer(string: replica)
    }

    /// Field names and values in turn.
    func fields(of claim: FlightClaim) -> [RedisArgument] {
        var fields: [RedisArgument] = [
            "e", .string(claim.key.entry.description), "p", .string(claim.key.partition.description),
            "g", .integer(Int(claim.key.generation)),
        ]
        if let announced = claim.announced,
            let envelope = AnnouncedCourse.close(announced, of: claim.key, seals: seals)
        {
            fields += ["enc", .string(announced.vector.encoder.description), "f", .buffer(envelope)]
        }
        return fields
    }

    /// A line of a shard's stream; nil for our own, damaged ones and kinds that a later version may write.
    func line(_ reply: RedisReply, of shard: Int) -> FlightLine? {
        guard let parts = reply.array, parts.count == 2, let fields = parts[1].array, !isOwn(fields),
            let id = parts[0].string.flatMap({ FlightToken($0, shard: shard) })
        else { return nil }
        var values: [String: RedisReply] = [:]
        for index in stride(from: 0, to: fields.count - 1, by: 2) {
            if let name = fields[index].string { values[name] = fields[index + 1] }
        }
        switch values["op"]?.string {
        case "begin": return flight(id, values).map { .began($0) }
        case "end":
            guard let token = values["t"]?.string.flatMap({ FlightToken($0, shard: shard) }) else { return nil }
            return .ended(token, isKept: values["k"]?.string == "1")
        case "want": return values["t"]?.string.flatMap { FlightToken($0, shard: shard) }.map { .wanted($0) }
        case "parts": return told(values, of: shard)
        default: return nil
        }
    }

    private func told(_ values: [String: RedisReply], of shard: Int) -> FlightLine? {
        guard let token = values["t"]?.string.flatMap({ FlightToken($0, shard: shard) }),
            let first = values["n"]?.integer, let count = values["c"]?.integer, first >= 0, count >= 0,
            first < Int64(Int32.max), count < Int64(Int32.max), let contents = values["f"]?.bytes
        else { return nil }
        let ending = values["k"]?.string ?? ""
        let isKept: Bool? = ending.isEmpty ? nil : ending == "1"
        return .parts(token, FlightParts(first: Int(first), count: Int(count), contents: contents, isKept: isKept))
    }

    // MARK: - Parts

    /// - Returns: nil when they could not be sealed.
    func close(_ parts: FlightParts, of lead: FlightHolding, from tenant: TenantID) -> ByteBuffer? {
        EntryEnvelope.close(parts.contents, .told(parts, of: lead), seal: seals.seal(of: tenant))
    }

    func open(_ parts: FlightParts, of other: FlightHolding, from tenant: TenantID) -> ByteBuffer? {
        try? EntryEnvelope.open(parts.contents, .told(parts, of: other), seal: seals.seal(of: tenant))
    }

    /// By bytes: each replica reads back all that it told itself.
    private func isOwn(_ fields: [RedisReply]) -> Bool {
        stride(from: 0, to: fields.count - 1, by: 2).contains {
            fields[$0].bytes == Self.teller && fields[$0 + 1].bytes == replica
        }
    }

    private func flight(_ token: FlightToken, _ values: [String: RedisReply]) -> AwayFlight? {
        guard let entry = values["e"]?.string.flatMap({ EntryID(hexadecimal: $0) }),
            let partition = values["p"]?.string.flatMap({ Hexadecimal.decode($0) }).flatMap({ PartitionID(bytes: $0) }),
            let generation = values["g"]?.integer
        else { return nil }
        let key = FlightKey(entry: entry, partition: partition, generation: Int64(generation))
        let announced = announced(values, of: key)
        return AwayFlight(token: token, key: key, course: announced?.course, tenant: announced?.tenant)
    }

    private func announced(_ values: [String: RedisReply], of key: FlightKey) -> AnnouncedCourse? {
        guard values["enc"]?.string == encoder.description, let envelope = values["f"]?.bytes else { return nil }
        return try? AnnouncedCourse(envelope, of: key, encoder: encoder, seals: seals)
    }
}
