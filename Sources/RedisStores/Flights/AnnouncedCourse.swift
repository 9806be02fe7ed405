import GatewayCore
import NIOCore
import SemanticCache

/// What a call's question means, as a line holds it: never its text, and under the same seal as the entries of its
/// tenant.
struct AnnouncedCourse {
    let tenant: TenantID
    let course: FlightCourse

    /// Of the squared norm: vectors come with 16 bits each.
    private static let normTolerance: Float = 0.02

    /// - Returns: nil when it could not be sealed.
    static func close(
        _ announced: FlightClaim.Announcement, of key: FlightKey, seals: EntrySeals
    ) -> ByteBuffer? {
        let components = announced.vector.embedding.components
        var contents = ByteBufferAllocator().buffer(capacity: 256 + components.count * 2)
        contents.write(.tenant, announced.tenant.description)
        contents.write(.features, ByteBuffer(bytes: announced.features.encoded))
        contents.write(.halves, halves(of: components))
        return EntryEnvelope.close(
            contents, binding(key, announced.vector.encoder), seal: seals.seal(of: announced.tenant))
    }

    /// Opens an envelope with whichever seal it names, provided that it is its tenant's.
    /// - Throws: `seal`, also for one that is not sealed though its tenant's entries are; `vector`; `version`, also for
    ///   features of another release; `damaged`.
    init(
        _ envelope: ByteBuffer, of key: FlightKey, encoder: EncoderIdentity, seals: EntrySeals
    ) throws(EntryFault) {
        let seal = try seals.seal(closing: envelope)
        var rest = try EntryEnvelope.open(envelope, Self.binding(key, encoder), seal: seal)
        var tenant: TenantID?
        var features: [UInt8]?
        var halves: ByteBuffer?
        while let (kind, bytes) = try rest.readSection() {
            switch kind {
            case .tenant: tenant = TenantID(String(buffer: bytes))
            case .features: features = Array(bytes.readableBytesView)
            case .halves: halves = bytes
            default: continue
            }
        }
        guard let tenant, let features, let halves else { throw .damaged }
        guard seals.seal(of: tenant)?.id == seal?.id else { throw .seal }
        guard let compared = GuardFeatures(encoded: features) else { throw .version }
        guard let embedding = Self.vector(halves, dimension: encoder.dimension) else { throw .vector }
        self.tenant = tenant
        course = FlightCourse(embedding: embedding, features: compared)
    }

    private static func binding(_ key: FlightKey, _ encoder: EncoderIdentity) -> EntryBinding {
        .announced(key.entry, key.partition, encoder: encoder.description.utf8)
    }

    /// Half precision: an error of 0.0005 at most in a cosine, for half the bytes of each announcement.
    private static func halves(of components: [Float]) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: components.count * 2)
        for component in components {
            buffer.writeInteger(Float16(component).bitPattern, endianness: .little)
        }
        return buffer
    }

    private static func vector(_ bytes: ByteBuffer, dimension: Int) -> EmbeddingVector? {
        guard bytes.readableBytes == dimension * 2 else { return nil }
        var bytes = bytes
        var components: [Float] = []
        components.reserveCapacity(dimension)
        var norm: Float = 0
        while let bits = bytes.readInteger(endianness: .little, as: UInt16.self) {
            let component = Float(Float16(bitPattern: bits))
            components.append(component)
            norm += component * component
        }
        // False for infinities and what is no number, too.
        guard abs(norm - 1) <= normTolerance else { return nil }
        return EmbeddingVector(unit: components)
    }
}
