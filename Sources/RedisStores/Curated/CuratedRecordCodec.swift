import GatewayCore
import NIOCore
import RedisClient
import SemanticCache

/// Turns records of curated answers into hash fields and back, see ``CuratedScripts``. What cannot be read is nil.
enum CuratedRecordCodec {
    static let allFields = ["j", "d", "e", "l", "g", "at", "exp"]
    /// What tells whether an answer stands; not the line itself.
    static let standingFields = ["d", "l", "g", "at"]

    /// Field names and values in turn.
    static func fields(of record: CuratedRecord) -> [RedisArgument] {
        [
            "j", .buffer(record.line), "d", .string(record.digest),
            "e", .string(record.entries.map(\.description).joined()), "l", .string(record.labels.text),
            "g", .integer(Int(record.generation.value)), "at", .integer(Int(record.created.milliseconds)),
            "exp", .integer(Int(record.expires.milliseconds)),
        ]
    }

    static func record(_ values: [RedisReply]?, id: String) -> CuratedRecord? {
        guard let values, values.count == allFields.count, let line = values[0].bytes, let digest = values[1].string,
            let entries = values[2].string, let labels = values[3].string, let generation = values[4].integer,
            let created = values[5].integer, let expires = values[6].integer
        else { return nil }
        let digits = Array(entries.utf8)
        let ids = stride(from: 0, to: digits.count, by: 32).compactMap { start in
            EntryID(hexadecimal: String(decoding: digits[start..<min(start + 32, digits.count)], as: UTF8.self))
        }
        return CuratedRecord(
            id: id, line: line, digest: digest, entries: ids, labels: EntryLabels(text: labels),
            created: UnixTime(milliseconds: created), expires: UnixTime(milliseconds: expires),
            generation: CacheGeneration(generation))
    }

    /// A record without its line and entries.
    static func standing(_ values: [RedisReply]?, id: String) -> CuratedRecord? {
        guard let values, values.count == standingFields.count, let digest = values[0].string,
            let labels = values[1].string, let generation = values[2].integer, let created = values[3].integer
        else { return nil }
        return CuratedRecord(
            id: id, line: ByteBuffer(), digest: digest, entries: [], labels: EntryLabels(text: labels),
            created: UnixTime(milliseconds: created), expires: Curation.forever,
            generation: CacheGeneration(generation))
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
