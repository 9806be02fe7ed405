import GatewayCore
import NIOCore
import RedisClient
import SemanticCache

extension EntryCodec {
    /// Field names and values of an alias in turn, as `HSET` takes them. It has no answer, so that a release that knows
    /// nothing of aliases finds no entry in it; mirrors find the question and its vector.
    ///
    /// Times, labels and group are the entry's, so that what ends that can be seen here; what its asker can have
    /// forgotten stands beside them. The fields that scripts
    /// compare before they store an answer are left out: every answer of the question's own takes the alias's place.
    /// - Parameter entry: what it stands for.
    /// - Throws: `malformed` when it could not be sealed.
    func fields(of alias: EntryAlias, for entry: StoredEntry) throws(CacheStoreError) -> [RedisArgument] {
        let seal = seals.seal(of: entry.labels?.labels?.tenant ?? .open)
        let head = EntryHead(
            created: entry.created, expires: entry.expires, generation: entry.generation, usage: nil,
            model: entry.model, labels: entry.labels?.text, body: .alias(alias.origin))
        let found = StoredEntry(
            id: alias.id, partition: alias.partition, question: alias.question, features: alias.features,
            answer: ByteBuffer(), model: nil, usage: nil, created: entry.created, expires: entry.expires,
            vector: alias.vector, labels: entry.labels, group: entry.group)
        let closed = try close(head.encoded, .head(alias.id, alias.partition), seal)
        let fields: [RedisArgument] = [
            .string(EntryFields.version), .string(EntryFields.currentVersion),
            .string(EntryFields.partition), .bytes(alias.partition.bytes),
            .string(EntryFields.head), .buffer(closed), .string(EntryFields.alias), .string("1"),
        ]
        return try fields + likeness(of: found)
    }
}
