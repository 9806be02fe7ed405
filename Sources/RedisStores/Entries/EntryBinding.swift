import GatewayCore
import SemanticCache

/// The place a part of an entry belongs to. It goes into the part's checksum or seal, so that the part is accepted
/// nowhere else.
struct EntryBinding {
    let bytes: [UInt8]
    /// Whose key seals it.
    let shard: Int

    private init(_ kind: Character, _ partition: PartitionID, _ parts: some Sequence<UInt8>) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(96)
        bytes.append(kind.asciiValue ?? 0)
        bytes += partition.bytes
        bytes += parts
        self.bytes = bytes
        shard = partition.shard(of: Keyspace.shards)
    }

    /// Of what belongs to no partition.
    private init(_ kind: Character, _ parts: some Sequence<UInt8>) {
        bytes = [kind.asciiValue ?? 0] + parts
        shard = 0
    }

    /// What an encoder made of the fixed texts.
    static func canaries(of encoder: EncoderIdentity) -> EntryBinding { EntryBinding("c", encoder.description.utf8) }

    /// What is needed to serve the entry.
    static func head(_ id: EntryID, _ partition: PartitionID) -> EntryBinding {
        EntryBinding("h", partition, id.bytes)
    }

    /// What is needed to find it by likeness.
    static func mirrored(_ id: EntryID, _ partition: PartitionID, encoder: some Sequence<UInt8>) -> EntryBinding {
        EntryBinding("m", partition, Array(id.bytes) + encoder)
    }

    /// What a call for it means to other replicas.
    static func announced(_ id: EntryID, _ partition: PartitionID, encoder: some Sequence<UInt8>) -> EntryBinding {
        EntryBinding("f", partition, Array(id.bytes) + encoder)
    }

    /// Parts of the answer to a call, told to other replicas.
    static func told(_ parts: FlightParts, of holding: FlightHolding) -> EntryBinding {
        let place = "\(holding.token):\(parts.first):\(parts.count)"
        return EntryBinding("s", holding.key.partition, Array(holding.key.entry.bytes) + Array(place.utf8))
    }

    /// A large answer: it belongs to what it says, and entries name that.
    static func answer(_ content: AnswerContent, _ partition: PartitionID) -> EntryBinding {
        EntryBinding("a", partition, content.bytes)
    }

    /// A field of a curated answer's record.
    static func record(_ id: String, field: String, _ partition: PartitionID) -> EntryBinding {
        EntryBinding("k", partition, Array(field.utf8) + [0] + Array(id.utf8))
    }
}
