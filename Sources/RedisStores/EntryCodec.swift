package import GatewayCore
import NIOCore
import RedisClient
import SemanticCache

/// Turns entries into hash fields and back. What it reads may be anything: other versions, damaged fields and what was
/// written for another place are counted and passed over, never served, never a trap.
package struct EntryCodec: Sendable {
    let seals: EntrySeals
    /// What was passed over.
    package let faults: EntryFaultCounts

    /// Larger answers are compressed, and shared by entries that say the same. Below, a key of its own would take
    /// about what is saved.
    static let largeAnswer = 1024

    package init(seals: EntrySeals = .none, faults: EntryFaultCounts = EntryFaultCounts()) {
        self.seals = seals
        self.faults = faults
    }

    /// Whether a tenant's entries are encrypted.
    package func isSealing(_ tenant: TenantID) -> Bool { seals.seal(of: tenant) != nil }

    /// An entry ready to be written.
    struct Encoded {
        /// Names and values in turn, as `HSET` takes them, without a large answer.
        var fields: [RedisArgument]
        /// A large answer's content, and its choices.
        var large: (content: AnswerContent, answer: ByteBuffer)?
    }

    /// A large answer taken apart.
    private struct Large {
        /// As it was before.
        let whole: ByteBuffer
        let parts: AnswerParts
        let content: AnswerContent
        let packed: ByteBuffer
    }

    /// - Throws: `malformed` when it could not be sealed.
    func encode(_ entry: StoredEntry) throws(CacheStoreError) -> Encoded {
        try encode(entry, try large(entry.answer, of: entry))
    }

    /// Entries of one partition and tenant. An answer that several of them have is packed once.
    /// - Throws: `malformed` when they could not be sealed.
    func encode(_ entries: [StoredEntry]) throws(CacheStoreError) -> [Encoded] {
        var last: Large?
        var encoded: [Encoded] = []
        for entry in entries {
            if last?.whole != entry.answer { last = try large(entry.answer, of: entry) }
            encoded.append(try encode(entry, last))
        }
        return encoded
    }

    /// Nil for a small answer.
    private func large(_ answer: ByteBuffer, of entry: StoredEntry) throws(CacheStoreError) -> Large? {
        guard answer.readableBytes > Self.largeAnswer else { return nil }
        let seal = seal(of: entry)
        let parts = AnswerParts(of: answer)
        let content = AnswerContent(of: parts.choices, in: entry.partition, seal: seal)
        let binding = EntryBinding.answer(content, entry.partition)
        return Large(
            whole: answer, parts: parts, content: content,
            packed: try close(PackedAnswer.pack(parts.choices), binding, seal))
    }

    private func seal(of entry: StoredEntry) -> EntrySeal? { seals.seal(of: entry.labels?.labels?.tenant ?? .open) }

    private func encode(_ entry: StoredEntry, _ large: Large?) throws(CacheStoreError) -> Encoded {
        let seal = seal(of: entry)
        var head = EntryHead(
            created: entry.created, expires: entry.expires, generation: entry.generation, usage: entry.usage,
            model: entry.model, labels: entry.labels?.text, body: .whole(entry.answer))
        head.curation = entry.curation
        head.freshness = entry.freshness
        // Who makes it anew for another question asks its own.
        head.question = entry.freshness.due == nil ? nil : entry.question
        if let large { head.body = .parted(large.content, front: large.parts.front, back: large.parts.back) }
        var fields: [RedisArgument] = [
            .string(EntryFields.version), .string(EntryFields.currentVersion),
            .string(EntryFields.partition), .bytes(entry.partition.bytes),
            .string(EntryFields.head), .buffer(
                try close(head.encoded, .head(entry.id, entry.partition), seal)),
            .string(EntryFields.generation), .integer(Int(entry.generation?.value ?? 0)),
            .string(EntryFields.expires), .integer(Int(entry.expires.milliseconds)),
        ]
        fields += try likeness(of: entry)
        if let fence = entry.fence { fields += [.string(EntryFields.fence), .integer(Int(fence))] }
        if let curation = entry.curation { fields += [.string(EntryFields.curated), .string(curation.answer)] }
        return Encoded(fields: fields, large: large.map { (content: $0.content, answer: $0.packed) })
    }

    /// The fields by which an entry is found by its likeness, and its group.
    /// - Throws: `malformed` when it could not be sealed.
    func likeness(of entry: StoredEntry) throws(CacheStoreError) -> [RedisArgument] {
        var fields = try mirroredFields(of: entry)
        if let group = entry.group {
            let field = EntryGroup.field(group, of: entry.id, seal: seal(of: entry))
            fields += [.string(EntryFields.group), .integer(field)]
        }
        return fields
    }

    /// What a mirror needs: names and values in turn; none where nothing is compared with the entry's question.
    /// - Throws: `malformed` when it could not be sealed.
    func mirroredFields(of entry: StoredEntry) throws(CacheStoreError) -> [RedisArgument] {
        let encoder = entry.vector?.encoder.description
        guard entry.question != nil || entry.features != nil || encoder != nil else { return [] }
        let binding = EntryBinding.mirrored(entry.id, entry.partition, encoder: (encoder ?? "").utf8)
        let mirrored = try close(Self.mirrored(entry), binding, seal(of: entry))
        let name: [RedisArgument] = encoder.map { [.string(EntryFields.encoder), .string($0)] } ?? []
        return name + [.string(EntryFields.mirrored), .buffer(mirrored)]
    }

    /// - Throws: `malformed` when it could not be sealed.
    func close(
        _ contents: ByteBuffer, _ binding: EntryBinding, _ seal: EntrySeal?
    ) throws(CacheStoreError) -> ByteBuffer {
        guard let envelope = EntryEnvelope.close(contents, binding, seal: seal) else {
            throw CacheStoreError(.malformed, "the entry could not be sealed")
        }
        return envelope
    }

    private static func mirrored(_ entry: StoredEntry) -> ByteBuffer {
        let components = entry.vector?.embedding.components ?? []
        var bytes = ByteBufferAllocator().buffer(capacity: 256 + components.count * 4)
        bytes.write(.expires, entry.expires.milliseconds)
        if let question = entry.question { bytes.write(.question, question) }
        if let features = entry.features { bytes.write(.features, ByteBuffer(bytes: features)) }
        if let labels = entry.labels { bytes.write(.labels, labels.text) }
        guard !components.isEmpty else { return bytes }
        var vector = ByteBufferAllocator().buffer(capacity: components.count * 4)
        for component in components { vector.writeInteger(component.bitPattern, endianness: .little) }
        bytes.write(.vector, vector)
        return bytes
    }

    /// The fields a hit needs, in the order ``entry(_:id:partition:tenant:now:)`` reads them.
    static let servedFields = [
        EntryFields.version, EntryFields.head, EntryFields.answer, EntryFields.content, EntryFields.vetoes,
    ]

    /// What can stand under an id.
    enum Standing {
        case entry(StoredEntry)
        /// Another name of an entry.
        case alias(AliasTarget)
    }

    /// The entry in the values of ``servedFields``; nil when it is gone, expired, passed over, or no entry but another
    /// name of one.
    func entry(
        _ values: [RedisReply], id: EntryID, partition: PartitionID, tenant: TenantID, now: UnixTime
    ) -> StoredEntry? {
        guard
            case .entry(let entry)? = standing(values, id: id, partition: partition, tenant: tenant, now: now)
        else { return nil }
        return entry
    }

    /// What the values of ``servedFields`` hold; nil when it is gone, expired, or passed over.
    func standing(
        _ values: [RedisReply], id: EntryID, partition: PartitionID, tenant: TenantID, now: UnixTime
    ) -> Standing? {
        do throws(EntryFault) {
            guard values.count == Self.servedFields.count else { throw .foreign }
            guard let head = try head(values, id: id, partition: partition, tenant: tenant) else { return nil }
            let answer: ByteBuffer
            switch head.body {
            case .alias(let origin): return .alias(AliasTarget(origin: origin, created: head.created))
            case .whole(let whole): answer = whole
            case .parted(let content, let front, let back):
                guard let body = values[2].bytes else { throw .incomplete }
                let packed = try EntryEnvelope.open(
                    body, .answer(content, partition), seal: seals.seal(of: tenant))
                answer = try PackedAnswer.unpack(packed, front: front, back: back)
            }
            var entry = StoredEntry(
                id: id, partition: partition, question: head.question, answer: answer, model: head.model,
                usage: head.usage, created: head.created, expires: head.expires, vector: nil,
                labels: head.labels.map(EntryLabels.init), generation: head.generation, curation: head.curation,
                freshness: head.freshness)
            if let vetoes = values[4].bytes { entry.vetoes = Self.entries(in: vetoes) }
            return entry.ends > now ? .entry(entry) : nil
        } catch {
            faults.count(error)
            return nil
        }
    }

    /// Ids that stand one behind the other.
    private static func entries(in bytes: ByteBuffer) -> [EntryID] {
        let bytes = Array(bytes.readableBytesView)
        return stride(from: 0, to: bytes.count, by: 16).compactMap { start in
            EntryID(bytes: Array(bytes[start..<min(start + 16, bytes.count)]))
        }
    }

    /// What is known of an entry without its answer, from the values of its version and head; nil when it is gone.
    func head(
        _ values: [RedisReply], id: EntryID, partition: PartitionID, tenant: TenantID
    ) throws(EntryFault) -> EntryHead? {
        guard values.count >= 2 else { throw .foreign }
        if values[0].isNull, values[1].isNull { return nil }
        guard values[0].string == EntryFields.currentVersion else { throw .version }
        guard let envelope = values[1].bytes else { throw .damaged }
        return try EntryHead(
            try EntryEnvelope.open(envelope, .head(id, partition), seal: seals.seal(of: tenant)))
    }

    /// Whose entry it is by its head alone; nil for what cannot be read. Whether the head may be that tenant's,
    /// ``standing(_:id:partition:tenant:now:)`` tells.
    func tenant(ofHead envelope: ByteBuffer, id: EntryID, partition: PartitionID) -> TenantID? {
        do throws(EntryFault) {
            let seal = try seals.seal(closing: envelope)
            let head = try EntryHead(try EntryEnvelope.open(envelope, .head(id, partition), seal: seal))
            return head.labels.flatMap { EntryLabels(text: $0).labels?.tenant } ?? .open
        } catch {
            return nil
        }
    }
}
