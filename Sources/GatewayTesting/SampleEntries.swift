package import GatewayCore
package import NIOCore
package import SemanticCache

/// Entries of made-up questions for tests of stores, indexes and lookups.
package struct SampleEntries: Sendable {
    package let encoder: EncoderIdentity
    private let created: UnixTime

    package init(
        encoder: EncoderIdentity = EncoderIdentity(name: "sample", fingerprint: "f00d", dimension: 16),
        created: UnixTime = .now()
    ) {
        self.encoder = encoder
        self.created = created
    }

    /// The partition whose 32 bytes all are `number`.
    package static func partition(_ number: UInt8) -> PartitionID {
        guard let partition = PartitionID(bytes: Array(repeating: number, count: 32)) else {
            preconditionFailure("32 bytes make a partition")
        }
        return partition
    }

    /// Entry `number`, as 16 bytes.
    package static func id(_ number: Int) -> EntryID {
        let bytes = (0..<16).map { UInt8(truncatingIfNeeded: number >> (($0 % 4) * 8)) }
        guard let id = EntryID(bytes: bytes) else { preconditionFailure("16 bytes make an entry's id") }
        return id
    }

    /// A direction drawn from `generator`, of norm 1.
    package static func vector(dimension: Int, using generator: inout some RandomNumberGenerator) -> EmbeddingVector {
        let components = (0..<dimension).map { _ in Float.random(in: -1...1, using: &generator) }
        let norm = max(components.reduce(0) { $0 + $1 * $1 }.squareRoot(), .leastNormalMagnitude)
        return EmbeddingVector(unit: components.map { $0 / norm })
    }

    /// The same direction for the same number.
    package func vector(_ number: Int) -> EmbeddingVector {
        var generator = SeededGenerator(seed: UInt64(truncatingIfNeeded: number))
        return Self.vector(dimension: encoder.dimension, using: &generator)
    }

    /// An entry with everything in it.
    package func entry(
        _ number: Int, in partition: UInt8 = 1, answer: ByteBuffer? = nil, life: Duration = .seconds(3600),
        encoder other: EncoderIdentity? = nil, freshness: EntryFreshness = EntryFreshness()
    ) -> StoredEntry {
        StoredEntry(
            id: Self.id(number), partition: Self.partition(partition), question: "What is number \(number)?",
            answer: answer ?? ByteBuffer(string: #"{"answer":\#(number)}"#), model: "model-\(number % 3)",
            usage: TokenUsage(promptTokens: number, completionTokens: number + 1), created: created,
            expires: created + life,
            vector: EntryVector(encoder: other ?? encoder, embedding: vector(number)), freshness: freshness)
    }

    /// An entry that can be forgotten by all kinds of labels, asked for at `generation`.
    package func labelled(
        _ number: Int, in partition: UInt8 = 1, labels: CacheLabels, at generation: CacheGeneration?
    ) -> StoredEntry {
        StoredEntry(
            id: Self.id(number), partition: Self.partition(partition), question: "What is number \(number)?",
            answer: ByteBuffer(string: "{}"), model: "provider-model", usage: nil, created: created,
            expires: created + .seconds(3600), vector: EntryVector(encoder: encoder, embedding: vector(number)),
            labels: EntryLabels(labels), generation: generation)
    }

    /// An entry with only what every entry has.
    package func bareEntry(_ number: Int, in partition: UInt8 = 1) -> StoredEntry {
        StoredEntry(
            id: Self.id(number), partition: Self.partition(partition), question: nil,
            answer: ByteBuffer(string: "{}"), model: nil, usage: nil, created: created,
            expires: created + .seconds(3600), vector: nil)
    }

    /// What a mirror keeps of entry `number`.
    package func mirrored(
        _ number: Int, in partition: UInt8 = 1, vector: EmbeddingVector? = nil, life: Duration = .seconds(3600)
    ) -> MirroredEntry {
        MirroredEntry(
            id: Self.id(number), partition: Self.partition(partition), question: "What is number \(number)?",
            expires: created + life, embedding: vector ?? self.vector(number))
    }
}
