import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache

@testable import RedisStores

/// An entry's hash as Redis would hold it, to be damaged and read.
struct EncodedEntry {
    static let samples = SampleEntries()
    static let tenant = TenantID("acme")
    static let seals = EntrySeals(common: nil, tenants: [(tenant, Secret("a secret of at least 32 characters"))])

    /// What is read, of which kind.
    enum Reader: CaseIterable {
        case hit, mirror

        /// The fields it looks at, but for a shared answer's name.
        var fields: [String] {
            switch self {
            case .hit: ["v", "h", "a"]
            case .mirror: ["v", "p", "enc", "m"]
            }
        }
    }

    var fields: [String: ByteBuffer] = [:]

    /// - Parameter answer: nil for a small one.
    init(_ entry: StoredEntry, codec: EntryCodec = EntryCodec()) throws {
        let encoded = try codec.encode(entry)
        self.init(fields: encoded.fields)
        if let (content, answer) = encoded.large {
            fields["c"] = ByteBuffer(string: content.name)
            fields["a"] = answer
        }
    }

    /// - Parameter arguments: names and values in turn, as `HSET` takes them.
    init(fields arguments: [RedisArgument]) {
        for index in stride(from: 0, to: arguments.count, by: 2) {
            fields[String(buffer: Self.bytes(arguments[index]))] = Self.bytes(arguments[index + 1])
        }
    }

    /// Entry 7 of the tenant, with everything in it.
    static func sample(answer: ByteBuffer? = nil, question: String? = "What is number 7?") -> StoredEntry {
        let entry = samples.entry(7)
        return StoredEntry(
            id: entry.id, partition: entry.partition, question: question,
            features: question == nil ? GuardFeatures(text: "What is number 7?").encoded : nil,
            answer: answer ?? entry.answer, model: entry.model,
            usage: TokenUsage(
                inputUncached: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, inputAudio: 5, outputText: 6,
                outputReasoning: 7, outputAudio: 8),
            created: entry.created, expires: entry.expires, vector: entry.vector,
            labels: EntryLabels(CacheLabels(tenant: tenant, namespace: "web", model: "gpt", tags: ["a"])),
            generation: CacheGeneration(42))
    }

    /// A `chat.completion` of about `length` bytes.
    static func completion(_ length: Int, id: String = "chatcmpl-1", text: String = "a line that comes back, ")
        -> ByteBuffer
    {
        let content = String(repeating: text, count: length / text.utf8.count + 1)
        return ByteBuffer(
            string: #"{"id":"\#(id)","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"#
                + #""message":{"role":"assistant","content":"\#(content)"},"finish_reason":"stop"}],"#
                + #""usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}"#)
    }

    func served(
        id: Int = 7, partition: UInt8 = 1, tenant: TenantID = tenant, codec: EntryCodec = EntryCodec()
    ) -> StoredEntry? {
        codec.entry(
            EntryCodec.servedFields.map { fields[$0].map { .bulk($0) } ?? .null }, id: SampleEntries.id(id),
            partition: SampleEntries.partition(partition), tenant: tenant, now: .now())
    }

    func mirrored(id: Int = 7, codec: EntryCodec = EntryCodec()) -> MirroredEntry? {
        MirrorDecoder(encoder: Self.samples.encoder, codec: codec).entry(
            .array(MirrorDecoder.fields.map { fields[$0].map { .bulk($0) } ?? .null }), id: SampleEntries.id(id))
    }

    /// Whether the reader takes anything for an entry.
    func isRead(by reader: Reader, codec: EntryCodec) -> Bool {
        switch reader {
        case .hit: served(codec: codec) != nil
        case .mirror: mirrored(codec: codec) != nil
        }
    }

    static func bytes(_ argument: RedisArgument) -> ByteBuffer {
        switch argument {
        case .string(let text): ByteBuffer(string: text)
        case .bytes(let bytes): ByteBuffer(bytes: bytes)
        case .buffer(let buffer): buffer
        case .integer(let number): ByteBuffer(string: String(number))
        }
    }
}
