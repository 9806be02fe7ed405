import GatewayCore
import NIOCore
import RedisClient
import SemanticCache

/// Turns records of a shelf's curated answers into hash fields and back, see ``CuratedScripts``. What cannot be read is
/// nil: damaged, or closed with another seal than the tenant's entries.
struct CuratedRecordCodec {
    private let codec: EntryCodec
    private let shelf: CuratedShelf
    private let seal: EntrySeal?

    static let entriesField = "e"
    static let allFields = ["j", "d", entriesField, "l", "g", "at", "exp"]
    /// What tells whether an answer stands; not the line itself.
    static let standingFields = ["d", "l", "g", "at"]

    init(_ codec: EntryCodec, _ shelf: CuratedShelf) {
        self.codec = codec
        self.shelf = shelf
        seal = codec.seals.seal(of: shelf.tenant)
    }

    /// A digest as it is stored: with the layout and the seal by which the entries can be read.
    func stamp(_ digest: String) -> String { "\(digest).\(EntryFields.currentVersion).\(seal?.id ?? 0)" }

    /// Field names and values in turn.
    /// - Throws: `malformed` when the record could not be sealed.
    func fields(of record: CuratedRecord) throws(CacheStoreError) -> [RedisArgument] {
        let labels = ByteBuffer(string: record.labels.text)
        return [
            "j", .buffer(try codec.close(record.line, binding("j", of: record.id), seal)),
            "d", .string(stamp(record.digest)), .string(Self.entriesField), .string(Self.joined(record.entries)),
            "l", .buffer(try codec.close(labels, binding("l", of: record.id), seal)),
            "g", .integer(Int(record.generation.value)), "at", .integer(Int(record.created.milliseconds)),
            "exp", .integer(Int(record.expires.milliseconds)),
        ]
    }

    /// The digest of what is read is as it is stored.
    func record(_ values: [RedisReply]?, id: String) -> CuratedRecord? {
        guard let values, values.count == Self.allFields.count, let line = open(values[0], "j", of: id),
            let digest = values[1].string, let entries = values[2].string, let labels = open(values[3], "l", of: id),
            let generation = values[4].integer, let created = values[5].integer, let expires = values[6].integer
        else { return nil }
        return CuratedRecord(
            id: id, line: line, digest: digest, entries: Self.entries(entries),
            labels: EntryLabels(text: String(buffer: labels)), created: UnixTime(milliseconds: created),
            expires: UnixTime(milliseconds: expires), generation: CacheGeneration(generation))
    }

    /// A record without its line and entries.
    func standing(_ values: [RedisReply]?, id: String) -> CuratedRecord? {
        guard let values, values.count == Self.standingFields.count, let digest = values[0].string,
            let labels = open(values[1], "l", of: id), let generation = values[2].integer,
            let created = values[3].integer
        else { return nil }
        return CuratedRecord(
            id: id, line: ByteBuffer(), digest: digest, entries: [], labels: EntryLabels(text: String(buffer: labels)),
            created: UnixTime(milliseconds: created), expires: Curation.forever,
            generation: CacheGeneration(generation))
    }

    /// As they stand in a record: 32 hexadecimal digits each.
    static func joined(_ entries: [EntryID]) -> String { entries.map(\.description).joined() }

    static func entries(_ joined: String) -> [EntryID] {
        let digits = Array(joined.utf8)
        return stride(from: 0, to: digits.count, by: 32).compactMap { start in
            EntryID(hexadecimal: String(decoding: digits[start..<min(start + 32, digits.count)], as: UTF8.self))
        }
    }

    private func open(_ value: RedisReply, _ field: String, of id: String) -> ByteBuffer? {
        value.bytes.flatMap { try? EntryEnvelope.open($0, binding(field, of: id), seal: seal) }
    }

    private func binding(_ field: String, of id: String) -> EntryBinding {
        .record(id, field: field, shelf.partition)
    }
}

extension CuratedRecord {
    /// What of it purges look at: all of its entries fare alike.
    func purgeable(on shelf: CuratedShelf) -> StoredEntry {
        StoredEntry(
            id: EntryID.none, partition: shelf.partition, question: nil, answer: ByteBuffer(), model: shelf.model,
            usage: nil, created: created, expires: expires, vector: nil, labels: labels, generation: generation,
            curation: Curation(answer: id))
    }
}

extension EntryID {
    /// No entry's: all zeros.
    fileprivate static let none: EntryID = {
        guard let id = EntryID(bytes: Array(repeating: 0, count: 16)) else { preconditionFailure("16 bytes are an id") }
        return id
    }()
}
