import GatewayCore
import NIOCore
import SemanticCache

/// The part of an entry by which it is found, and which operators are shown.
struct MirroredPart {
    var expires: UnixTime
    var question: String?
    var features: [UInt8]?
    var labels: CacheLabels?
    var vector: ByteBuffer?

    /// Opens an envelope with whichever seal it names, provided that it is its tenant's.
    /// - Throws: `seal`, also for one that is not sealed though its tenant's are; `damaged`.
    init(
        _ envelope: ByteBuffer, id: EntryID, partition: PartitionID, encoder: ByteBuffer, seals: EntrySeals
    ) throws(EntryFault) {
        let seal = try seals.seal(closing: envelope)
        var rest = try EntryEnvelope.open(
            envelope, .mirrored(id, partition, encoder: encoder.readableBytesView), seal: seal)
        var expires: Int64?
        while let (kind, bytes) = try rest.readSection() {
            switch kind {
            case .expires: expires = try bytes.sectionNumber()
            case .question: question = String(buffer: bytes)
            case .features: features = Array(bytes.readableBytesView)
            case .labels: labels = EntryLabels(text: String(buffer: bytes)).labels
            case .vector: vector = bytes
            default: continue
            }
        }
        guard let expires else { throw .damaged }
        self.expires = UnixTime(milliseconds: expires)
        guard seals.seal(of: labels?.tenant ?? .open)?.id == seal?.id else { throw .seal }
    }
}
