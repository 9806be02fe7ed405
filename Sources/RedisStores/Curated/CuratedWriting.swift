import GatewayCore
import NIOCore
import RedisClient
import SemanticCache

/// What ``CuratedScripts`` are told.
struct CuratedWriting {
    let keys: [String]
    private let id: String
    private let shelf: CuratedShelf
    /// The record and its entries.
    private let contents: [RedisArgument]

    /// - Throws: `malformed` when something could not be sealed.
    init(
        _ record: CuratedRecord, _ entries: [StoredEntry], on shelf: CuratedShelf, codec: EntryCodec
    ) throws(CacheStoreError) {
        id = record.id
        self.shelf = shelf
        keys = Self.keys(of: record.id, shelf) + entries.map { Keyspace.entry($0.id, in: shelf.partition) }
        let fields = try CuratedRecordCodec(codec, shelf).fields(of: record)
        var contents: [RedisArgument] = [.integer(fields.count)] + fields
        var sent: Set<String> = []
        let all = try codec.encode(entries)
        for (entry, encoded) in zip(entries, all) {
            // Without a date, Redis has nothing by which to let it go, whatever its policy for keys that expire.
            let expiry = entry.expires == Curation.forever ? 0 : Int(max(entry.expires.milliseconds, 1))
            let content = encoded.large?.content.name ?? ""
            let isNew = sent.insert(content).inserted
            contents += [
                .string(entry.id.description), .integer(expiry), .string(content),
                .buffer(isNew ? encoded.large?.answer ?? ByteBuffer() : ByteBuffer()),
                .integer(encoded.fields.count),
            ]
            contents += encoded.fields
        }
        self.contents = contents
    }

    /// - Parameters:
    ///   - over: the questions of others that may be taken over, as the script named them.
    ///   - former: the entries of before, where the record is gone; nil when nobody has looked for them.
    func arguments(over: [String], former: [EntryID]?) -> [RedisArgument] {
        let claims: [RedisArgument] = [.integer(over.count)] + over.map { .string($0) }
        return Self.address(id, shelf, former: former) + claims + contents
    }

    static func keys(of id: String, _ shelf: CuratedShelf) -> [String] {
        [
            Keyspace.curated(id, in: shelf.partition), Keyspace.curated(in: shelf.partition),
            Keyspace.log(of: shelf.partition),
        ]
    }

    /// What every script is told first.
    static func address(_ id: String, _ shelf: CuratedShelf, former: [EntryID]?) -> [RedisArgument] {
        [
            .string(id), .string(shelf.partition.description), .integer(CacheScripts.logLifeMilliseconds),
            .string(Keyspace.entries(in: shelf.partition)), .string(Keyspace.answers(besides: shelf.partition)),
            .string(former.map(CuratedRecordCodec.joined) ?? CuratedScripts.unsought),
        ]
    }
}
