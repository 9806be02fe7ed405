import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Damaged entries")
struct DamagedEntryTests {
    /// Open and sealed, with a small answer and a large one that is compressed.
    static let forms: [(seals: EntrySeals, length: Int)] = [
        (.none, 0), (.none, 3_000), (EncodedEntry.seals, 0), (EncodedEntry.seals, 3_000),
    ]

    private func encoded(_ form: Int, _ codec: EntryCodec) throws -> EncodedEntry {
        let length = Self.forms[form].length
        return try EncodedEntry(
            EncodedEntry.sample(answer: length > 0 ? EncodedEntry.completion(length) : nil), codec: codec)
    }

    @Test("Cut anywhere, an entry is neither served nor mirrored, and counted", arguments: 0..<4)
    func truncated(form: Int) throws {
        let codec = EntryCodec(seals: Self.forms[form].seals)
        let whole = try encoded(form, codec)
        var cuts = 0
        for reader in EncodedEntry.Reader.allCases {
            for field in reader.fields {
                guard let bytes = whole.fields[field] else { continue }
                for length in 0..<bytes.readableBytes {
                    var cut = whole
                    cut.fields[field] = bytes.getSlice(at: bytes.readerIndex, length: length)
                    #expect(!cut.isRead(by: reader, codec: codec), "\(field) cut to \(length) bytes")
                    // What names another encoder is no fault: its entries are passed over by right.
                    if field != "enc" { cuts += 1 }
                }
            }
        }
        #expect(codec.faults.all.values.reduce(0, +) == cuts)
    }

    @Test("With any one bit changed, an entry is neither served nor mirrored, and counted", arguments: 0..<4)
    func flipped(form: Int) throws {
        let codec = EntryCodec(seals: Self.forms[form].seals)
        let whole = try encoded(form, codec)
        var flips = 0
        for reader in EncodedEntry.Reader.allCases {
            for field in reader.fields {
                guard let bytes = whole.fields[field] else { continue }
                for bit in 0..<bytes.readableBytes * 8 {
                    var all = Array(bytes.readableBytesView)
                    all[bit / 8] ^= 1 << UInt8(bit % 8)
                    var changed = whole
                    changed.fields[field] = ByteBuffer(bytes: all)
                    #expect(!changed.isRead(by: reader, codec: codec), "bit \(bit) of \(field)")
                    if field != "enc" { flips += 1 }
                }
            }
        }
        #expect(codec.faults.all.values.reduce(0, +) == flips)
    }

    @Test("Without a part, or with any bytes in its place, it is neither served nor mirrored", arguments: 0..<4)
    func random(form: Int) throws {
        let codec = EntryCodec(seals: Self.forms[form].seals)
        let whole = try encoded(form, codec)
        var generator = SeededGenerator(seed: 20_26)
        for reader in EncodedEntry.Reader.allCases {
            for field in reader.fields where whole.fields[field] != nil {
                var without = whole
                without.fields[field] = nil
                #expect(!without.isRead(by: reader, codec: codec), "without \(field)")
                for round in 0..<2_000 {
                    var bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                        UInt8.random(in: 0...255, using: &generator)
                    }
                    // Half of them get past the first looks.
                    if round % 2 == 0 { bytes = [3, UInt8(round / 2 % 2)] + bytes }
                    var changed = whole
                    changed.fields[field] = ByteBuffer(bytes: bytes)
                    // By chance the very version.
                    if changed.fields == whole.fields { continue }
                    #expect(!changed.isRead(by: reader, codec: codec), "\(field) = \(bytes)")
                }
            }
        }
    }

    @Test("Contents of any kind in a proper envelope give an entry or a fault, never a trap")
    func strangeContents() throws {
        let codec = EntryCodec()
        let whole = try encoded(1, codec)
        let (id, partition) = (SampleEntries.id(7), SampleEntries.partition(1))
        let binding = EntryBinding.head(id, partition)
        let contents = try EntryEnvelope.open(#require(whole.fields["h"]), binding, seal: nil)
        var generator = SeededGenerator(seed: 6)
        var (read, refused) = (0, 0)
        for _ in 0..<20_000 {
            var bytes = Array(contents.readableBytesView)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            if Bool.random(using: &generator) {
                bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator))
            }
            var changed = whole
            changed.fields["h"] = EntryEnvelope.close(ByteBuffer(bytes: bytes), binding, seal: nil)
            changed.served(codec: codec) == nil ? (refused += 1) : (read += 1)
        }
        #expect(read > 0 && refused > 0)
        for _ in 0..<5_000 {
            let content = try #require(
                EntryHead(contents).content)
            let packed = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            var changed = whole
            changed.fields["a"] = EntryEnvelope.close(
                ByteBuffer(bytes: [UInt8.random(in: 0...2, using: &generator)] + packed),
                .answer(content, partition), seal: nil)
            _ = changed.served(codec: codec)
        }
    }

    @Test("Replies of any shape are passed over")
    func shapes() {
        let codec = EntryCodec()
        let (id, partition) = (SampleEntries.id(7), SampleEntries.partition(1))
        let decoder = MirrorDecoder(encoder: EncodedEntry.samples.encoder, codec: codec)
        let strange: [RedisReply] = [
            .null, .integer(.min), .status("OK"), .error(RedisServerError(message: "WRONGTYPE")), .array([]),
            .array([.array([.null])]), .bulk(ByteBuffer()), .bulk(ByteBuffer(string: "3")),
        ]
        for one in strange {
            #expect(decoder.entry(one, id: id) == nil)
            for count in 0...6 {
                let values = Array(repeating: one, count: count)
                #expect(codec.entry(values, id: id, partition: partition, tenant: .open, now: .now()) == nil)
                #expect(decoder.entry(.array(values), id: id) == nil)
            }
        }
    }

    @Test("An entry of the former layout is a miss, and counted as that")
    func formerLayout() throws {
        let codec = EntryCodec()
        var former = try encoded(0, codec)
        former.fields = [
            "v": ByteBuffer(string: "2"), "p": ByteBuffer(bytes: SampleEntries.partition(1).bytes),
            "a": ByteBuffer(string: "{}"), "at": ByteBuffer(string: "1"), "exp": ByteBuffer(string: "9999999999999"),
            "enc": ByteBuffer(string: EncodedEntry.samples.encoder.description), "vec": ByteBuffer(),
        ]
        #expect(former.served(codec: codec) == nil)
        #expect(former.mirrored(codec: codec) == nil)
        #expect(codec.faults.all == [.version: 2])
    }

    @Test("What is not there is a miss and no fault")
    func gone() throws {
        let codec = EntryCodec()
        var gone = try encoded(0, codec)
        gone.fields = [:]
        #expect(gone.served(codec: codec) == nil)
        #expect(gone.mirrored(codec: codec) == nil)
        #expect(codec.faults.all.isEmpty)
    }

    @Test("A vector of another length, or that is no direction, is refused and counted")
    func vectors() throws {
        let whole = EncodedEntry.samples.vector(7).components
        var strange: [[Float]] = [Array(whole.dropLast()), whole + [0], [], Array(repeating: 0, count: 16)]
        for value in [Float.nan, .signalingNaN, .infinity, -.infinity, .greatestFiniteMagnitude, 1e20, 3] {
            var components = whole
            components[5] = value
            strange.append(components)
        }
        let codec = EntryCodec()
        for components in strange {
            let sample = EncodedEntry.sample()
            let entry = StoredEntry(
                id: sample.id, partition: sample.partition, question: sample.question, answer: sample.answer,
                model: nil, usage: nil, created: sample.created, expires: sample.expires,
                vector: EntryVector(
                    encoder: EncodedEntry.samples.encoder, embedding: EmbeddingVector(unit: components)),
                labels: sample.labels)
            let encoded = try EncodedEntry(entry, codec: codec)
            #expect(encoded.mirrored(codec: codec) == nil, "\(components)")
            #expect(encoded.served(codec: codec)?.answer == sample.answer)
        }
        #expect(codec.faults.all == [.vector: strange.count])
    }
}

extension EntryHead {
    /// Of a large answer.
    var content: AnswerContent? { if case .parted(let content, _, _) = body { content } else { nil } }
}
