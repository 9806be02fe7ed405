import GatewayCore
import NIOCore
import RedisClient
import SemanticCache

extension EntryCodec {
    /// The fields of an entry that hold vectors, with another encoder's: names and values in turn.
    /// - Parameters:
    ///   - former: its stamp is the mirrored part and the head, as they stand there.
    ///   - vectors: of its texts.
    /// - Throws: `malformed` when they could not be sealed, or are not as many.
    func fields(
        of former: FormerEntry, _ vectors: [EmbeddingVector], encoder: EncoderIdentity
    ) throws(CacheStoreError) -> [RedisArgument] {
        guard let vector = vectors.first, vectors.count == former.texts.count, former.stamp.count == 2 else {
            throw CacheStoreError(.malformed, "each text must have a vector")
        }
        var entry = former.entry
        entry.vector = EntryVector(encoder: encoder, embedding: vector)
        let fields = try mirroredFields(of: entry)
        guard let curation = entry.curation, !former.distractors.isEmpty else { return fields }
        let seal = seals.seal(of: entry.labels?.labels?.tenant ?? .open)
        let binding = EntryBinding.head(entry.id, entry.partition)
        var head: EntryHead
        do throws(EntryFault) {
            head = try EntryHead(try EntryEnvelope.open(former.stamp[1], binding, seal: seal))
        } catch {
            throw CacheStoreError(.malformed, "the head of an entry cannot be read")
        }
        head.curation = Curation(
            answer: curation.answer, distractors: Array(vectors.dropFirst()), encoder: encoder.description)
        return fields + [.string(EntryFields.head), .buffer(try close(head.encoded, binding, seal))]
    }
}
