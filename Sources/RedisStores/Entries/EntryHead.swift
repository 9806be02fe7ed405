import GatewayCore
import NIOCore
import SemanticCache

/// The part of an entry that a hit needs.
struct EntryHead {
    /// The answer, or where to find it.
    enum Body {
        case whole(ByteBuffer)
        /// What it says stands by itself.
        case parted(AnswerContent, front: ByteBuffer, back: ByteBuffer)
        /// There is none: it is another name of an entry, as somebody has verified.
        case alias(AliasOrigin)
    }

    var created: UnixTime
    var expires: UnixTime
    var generation: CacheGeneration?
    var usage: TokenUsage?
    var model: String?
    var labels: String?
    var body: Body
    /// Only of answers that an operator wrote.
    var curation: Curation?
    var freshness = EntryFreshness()
    /// Only of what is made anew.
    var question: String?

    var encoded: ByteBuffer {
        var bytes = ByteBufferAllocator().buffer(capacity: 256)
        bytes.write(.created, created.milliseconds)
        bytes.write(.expires, expires.milliseconds)
        if let generation { bytes.write(.generation, generation.value) }
        if let usage { bytes.write(.usage, usage.counts.map(Int64.init)) }
        if let model { bytes.write(.model, model) }
        if let labels { bytes.write(.labels, labels) }
        if let freshness = FreshnessCodec.bytes(of: freshness) { bytes.write(.freshness, freshness) }
        if let question { bytes.write(.question, question) }
        if let curation {
            bytes.write(.curated, curation.answer)
            if let vectors = CurationCodec.bytes(of: curation.distractors) {
                bytes.write(.distractors, vectors)
                if let encoder = curation.encoder { bytes.write(.distractorsEncoder, encoder) }
            }
        }
        switch body {
        case .whole(let answer): bytes.write(.answer, answer)
        case .parted(let content, let front, let back):
            bytes.write(.content, ByteBuffer(bytes: content.bytes))
            bytes.write(.front, front)
            bytes.write(.back, back)
        case .alias(let origin):
            bytes.write(.alias, ByteBuffer(bytes: origin.entry.bytes))
            bytes.write(.aliasBy, origin.provenance)
            if let labels = origin.labels { bytes.write(.aliasLabels, labels.text) }
            if let generation = origin.generation { bytes.write(.aliasGeneration, generation.value) }
        }
        return bytes
    }

    init(
        created: UnixTime, expires: UnixTime, generation: CacheGeneration?, usage: TokenUsage?, model: String?,
        labels: String?, body: Body
    ) {
        self.created = created
        self.expires = expires
        self.generation = generation
        self.usage = usage
        self.model = model
        self.labels = labels
        self.body = body
    }

    /// - Throws: `damaged` without times or an answer, or for sections that are not what their kind says.
    init(_ bytes: ByteBuffer) throws(EntryFault) {
        var rest = bytes
        var (created, expires): (Int64?, Int64?)
        var (answer, front, back): (ByteBuffer?, ByteBuffer?, ByteBuffer?)
        var content: AnswerContent?
        var (alias, provenance): (EntryID?, String) = (nil, "")
        var (askedBy, askedAt): (EntryLabels?, CacheGeneration?)
        var (distractors, encoder): ([EmbeddingVector], String?) = ([], nil)
        while let (kind, bytes) = try rest.readSection() {
            switch kind {
            case .created: created = try bytes.sectionNumber()
            case .expires: expires = try bytes.sectionNumber()
            case .generation: generation = CacheGeneration(try bytes.sectionNumber())
            case .usage: usage = try Self.usage(bytes)
            case .model: model = String(buffer: bytes)
            case .labels: labels = String(buffer: bytes)
            case .answer: answer = bytes
            case .content: content = AnswerContent(bytes: Array(bytes.readableBytesView))
            case .curated: curation = Curation(answer: String(buffer: bytes))
            case .distractors: distractors = CurationCodec.vectors(bytes)
            case .distractorsEncoder: encoder = String(buffer: bytes)
            case .freshness: freshness = FreshnessCodec.freshness(bytes)
            case .question: question = String(buffer: bytes)
            case .front: front = bytes
            case .back: back = bytes
            case .alias: alias = EntryID(bytes: Array(bytes.readableBytesView))
            case .aliasBy: provenance = String(buffer: bytes)
            case .aliasLabels: askedBy = EntryLabels(text: String(buffer: bytes))
            case .aliasGeneration: askedAt = CacheGeneration(try bytes.sectionNumber())
            default: continue
            }
        }
        guard let created, let expires else { throw .damaged }
        self.created = UnixTime(milliseconds: created)
        self.expires = UnixTime(milliseconds: expires)
        curation = curation.map { Curation(answer: $0.answer, distractors: distractors, encoder: encoder) }
        if let answer {
            body = .whole(answer)
        } else if let alias {
            body = .alias(
                AliasOrigin(entry: alias, provenance: provenance, labels: askedBy, generation: askedAt))
        } else {
            guard let content, let front, let back else { throw .damaged }
            body = .parted(content, front: front, back: back)
        }
    }

    private static func usage(_ bytes: ByteBuffer) throws(EntryFault) -> TokenUsage {
        var rest = bytes
        var counts: [Int] = []
        while let count = rest.readInteger(endianness: .little, as: Int64.self) {
            guard count >= 0 else { throw .damaged }
            counts.append(Int(count))
        }
        guard rest.readableBytes == 0, let usage = TokenUsage(counts: counts) else { throw .damaged }
        return usage
    }
}

extension TokenUsage {
    /// In the order in which they are stored.
    fileprivate var counts: [Int] {
        [
            inputUncached, cacheRead, cacheWrite5m, cacheWrite1h, inputAudio, outputText, outputReasoning, outputAudio,
        ]
    }

    /// Nil unless there are eight.
    fileprivate init?(counts: [Int]) {
        guard counts.count == 8 else { return nil }
        self.init(
            inputUncached: counts[0], cacheRead: counts[1], cacheWrite5m: counts[2], cacheWrite1h: counts[3],
            inputAudio: counts[4], outputText: counts[5], outputReasoning: counts[6], outputAudio: counts[7])
    }
}
