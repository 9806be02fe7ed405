import GatewayCore
import NIOCore
import RedisClient
import SemanticCache

/// Turns entries into hash fields and back. What it reads may be anything: other versions and damaged fields give
/// nil or an error, never a trap.
enum EntryCodec {
    /// Field names and values in turn, as `HSET` takes them.
    static func fields(of entry: StoredEntry) -> [RedisArgument] {
        var fields: [RedisArgument] = [
            .string(EntryFields.version), .string(EntryFields.currentVersion),
            .string(EntryFields.partition), .bytes(entry.partition.bytes),
            .string(EntryFields.answer), .buffer(entry.answer),
            .string(EntryFields.created), .integer(Int(entry.created.milliseconds)),
            .string(EntryFields.expires), .integer(Int(entry.expires.milliseconds)),
        ]
        if let labels = entry.labels { fields += [.string(EntryFields.labels), .string(labels.text)] }
        if let generation = entry.generation {
            fields += [.string(EntryFields.generation), .integer(Int(generation.value))]
        }
        if let freshness = FreshnessCodec.bytes(of: entry.freshness) {
            fields += [.string(EntryFields.freshness), .buffer(freshness)]
        }
        if let question = entry.question { fields += [.string(EntryFields.question), .string(question)] }
        if let model = entry.model { fields += [.string(EntryFields.model), .string(model)] }
        if let usage = entry.usage {
            fields += [
                .string(EntryFields.promptTokens), .integer(usage.promptTokens),
                .string(EntryFields.completionTokens), .integer(usage.completionTokens),
            ]
        }
        if let vector = entry.vector {
            fields += [
                .string(EntryFields.encoder), .string(vector.encoder.description),
                .string(EntryFields.vector), .buffer(encode(vector.embedding)),
            ]
        }
        return fields
    }

    /// The fields a hit needs, in the order ``entry(_:id:partition:now:)`` reads them.
    static let servedFields = [
        EntryFields.version, EntryFields.partition, EntryFields.answer, EntryFields.created, EntryFields.expires,
        EntryFields.question, EntryFields.model, EntryFields.promptTokens, EntryFields.completionTokens,
        EntryFields.labels, EntryFields.generation, EntryFields.freshness,
    ]

    /// The entry in a reply to `HMGET` with ``servedFields``; nil when it is gone, at its end, of another version or of
    /// another partition.
    static func entry(
        _ values: [RedisReply], id: EntryID, partition: PartitionID, now: UnixTime
    ) -> StoredEntry? {
        guard values.count == servedFields.count, values[0].string == EntryFields.currentVersion,
            let wall = values[1].bytes, wall.readableBytesView.elementsEqual(partition.bytes),
            let answer = values[2].bytes, let created = values[3].integer, let expires = values[4].integer
        else { return nil }
        var usage: TokenUsage?
        if let prompt = values[7].integer, let completion = values[8].integer, prompt >= 0, completion >= 0 {
            usage = TokenUsage(promptTokens: Int(prompt), completionTokens: Int(completion))
        }
        let entry = StoredEntry(
            id: id, partition: partition, question: values[5].string, answer: answer, model: values[6].string,
            usage: usage, created: UnixTime(milliseconds: created), expires: UnixTime(milliseconds: expires),
            vector: nil, labels: values[9].string.map(EntryLabels.init),
            generation: values[10].integer.map(CacheGeneration.init),
            freshness: FreshnessCodec.freshness(values[11].bytes))
        return entry.ends > now ? entry : nil
    }

    /// The fields a mirror needs, in the order ``MirrorDecoder`` reads them.
    static let mirroredFields = [
        EntryFields.version, EntryFields.partition, EntryFields.question, EntryFields.expires, EntryFields.encoder,
        EntryFields.vector, EntryFields.labels,
    ]

    /// Asks for ``mirroredFields``.
    static func readMirrored(_ key: String) -> RedisCommand {
        var command = RedisCommand("HMGET", capacity: 128)
        command.append(key)
        for field in mirroredFields { command.append(field) }
        return command
    }

    private static func encode(_ embedding: EmbeddingVector) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: embedding.dimension * 4)
        for component in embedding.components { buffer.writeInteger(component.bitPattern, endianness: .little) }
        return buffer
    }
}
