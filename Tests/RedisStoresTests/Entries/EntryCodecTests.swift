import GatewayCore
import GatewayTesting
import NIOCore
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Entries as they are stored")
struct EntryCodecTests {
    private let sealed = EntryCodec(seals: EncodedEntry.seals)

    private func requireSame(_ found: StoredEntry?, _ expected: StoredEntry) {
        #expect(found?.answer == expected.answer)
        #expect(found?.usage == expected.usage)
        #expect(found?.model == expected.model)
        #expect(found?.labels == expected.labels)
        #expect(found?.generation == expected.generation)
        #expect(found?.created == expected.created && found?.expires == expected.expires)
    }

    @Test("What is written is read, byte for byte, open and sealed, small and large",
          arguments: [false, true], [0, 1_024, 1_025, 40_000])
    func roundTrip(isSealed: Bool, length: Int) throws {
        let codec = isSealed ? sealed : EntryCodec()
        let sample = EncodedEntry.sample(answer: length > 0 ? EncodedEntry.completion(length) : nil)
        let encoded = try EncodedEntry(sample, codec: codec)
        requireSame(encoded.served(codec: codec), sample)
        let mirrored = encoded.mirrored(codec: codec)
        #expect(mirrored?.question == sample.question)
        #expect(mirrored?.embedding == sample.vector?.embedding)
        #expect(mirrored?.owner == PartitionOwner(CacheLabels(tenant: EncodedEntry.tenant, namespace: "web")))
        #expect(codec.faults.all.isEmpty)
    }

    @Test("Answers of any bytes are read as they were written",
          arguments: ["{}", "not JSON at all", #"{"choices":[]}"#, #"{"a":1,"choices":[{}],"b":"é🦊\u0000"}"#])
    func anyAnswer(text: String) throws {
        for padding in [0, 5_000] {
            let answer = ByteBuffer(string: text + String(repeating: " ", count: padding))
            let sample = EncodedEntry.sample(answer: answer)
            #expect(try EncodedEntry(sample, codec: sealed).served(codec: sealed)?.answer == answer)
        }
    }

    @Test("A large answer takes less than half of its size, whatever its provider called it")
    func compressed() throws {
        let answer = EncodedEntry.completion(8_000)
        let encoded = try EncodedEntry(EncodedEntry.sample(answer: answer))
        #expect((encoded.fields["a"]?.readableBytes ?? .max) * 2 < answer.readableBytes)
        let other = try EncodedEntry(EncodedEntry.sample(answer: EncodedEntry.completion(8_000, id: "chatcmpl-2")))
        #expect(encoded.fields["c"] == other.fields["c"] && encoded.fields["a"] == other.fields["a"])
        let different = try EncodedEntry(EncodedEntry.sample(answer: EncodedEntry.completion(8_000, text: "no ")))
        #expect(encoded.fields["c"] != different.fields["c"])
    }

    @Test("Read under another id or in another partition, an entry is not accepted")
    func bound() throws {
        for codec in [EntryCodec(), sealed] {
            for answer in [nil, EncodedEntry.completion(3_000)] {
                let encoded = try EncodedEntry(EncodedEntry.sample(answer: answer), codec: codec)
                #expect(encoded.served(codec: codec) != nil)
                #expect(encoded.served(id: 8, codec: codec) == nil)
                #expect(encoded.served(partition: 2, codec: codec) == nil)
                #expect(encoded.served(partition: 65, codec: codec) == nil)
                #expect(encoded.mirrored(id: 8, codec: codec) == nil)
            }
        }
    }

    @Test("A large answer is accepted only by entries that name what it says")
    func boundAnswer() throws {
        for codec in [EntryCodec(), sealed] {
            var one = try EncodedEntry(EncodedEntry.sample(answer: EncodedEntry.completion(3_000)), codec: codec)
            let other = try EncodedEntry(
                EncodedEntry.sample(answer: EncodedEntry.completion(3_000, text: "no ")), codec: codec)
            one.fields["a"] = other.fields["a"]
            #expect(one.served(codec: codec) == nil)
            #expect(codec.faults.all == [.damaged: 1])
        }
    }

    @Test("Nothing that was asked or answered can be read in what is sealed, and no two seals are alike")
    func unreadable() throws {
        let sample = EncodedEntry.sample(answer: EncodedEntry.completion(3_000))
        let (one, two) = (try EncodedEntry(sample, codec: sealed), try EncodedEntry(sample, codec: sealed))
        for (name, bytes) in one.fields {
            let text = String(decoding: bytes.readableBytesView, as: UTF8.self)
            for word in ["number", "comes back", "web", "model-", "chatcmpl"] {
                #expect(!text.contains(word), "\(word) stands in \(name)")
            }
        }
        for name in ["h", "a", "m"] { #expect(one.fields[name] != two.fields[name]) }
        #expect(one.fields["c"] == two.fields["c"])
        let open = try EncodedEntry(sample)
        #expect(open.fields["c"] != one.fields["c"], "a sealed answer's name can be computed without the key")
    }

    @Test("What another secret sealed, or none, is passed over; so is what a tenant without one finds sealed")
    func otherSeals() throws {
        let other = EntryCodec(
            seals: EntrySeals(
                common: nil, tenants: [(EncodedEntry.tenant, Secret("another secret of 32 characters!"))]))
        let open = EntryCodec()
        for (writer, reader) in [(sealed, other), (sealed, open), (open, sealed), (other, sealed)] {
            let before = reader.faults.all[.seal] ?? 0
            let encoded = try EncodedEntry(
                EncodedEntry.sample(answer: EncodedEntry.completion(3_000)), codec: writer)
            #expect(encoded.served(codec: reader) == nil)
            #expect(encoded.mirrored(codec: reader) == nil)
            #expect(reader.faults.all[.seal] == before + 2)
        }
    }

    @Test("Of one secret for all, each tenant's entries are sealed with keys of its own")
    func commonSecret() throws {
        let (one, two) = (EncodedEntry.tenant, TenantID("other"))
        let codec = EntryCodec(
            seals: EntrySeals(common: Secret("one secret for all the tenants !"), tenants: [(one, nil), (two, nil)]))
        let encoded = try EncodedEntry(EncodedEntry.sample(), codec: codec)
        #expect(encoded.served(tenant: one, codec: codec) != nil)
        #expect(encoded.served(tenant: two, codec: codec) == nil)
        let mixed = EntrySeals(common: nil, tenants: [(one, nil), (two, Secret("only the other has a secret of it"))])
        #expect(try EncodedEntry(EncodedEntry.sample(), codec: EntryCodec(seals: mixed)).served() != nil)
    }

    @Test("With one secret for all, a tenant that is not listed is encrypted, too")
    func unlistedTenant() throws {
        let codec = EntryCodec(
            seals: EntrySeals(
                common: Secret("one secret for all the tenants !"), tenants: [(TenantID("other"), nil)]))
        let encoded = try EncodedEntry(EncodedEntry.sample(), codec: codec)
        for name in ["h", "m"] {
            let bytes = try #require(encoded.fields[name])
            #expect(!String(decoding: bytes.readableBytesView, as: UTF8.self).contains("web"))
        }
        #expect(encoded.served(codec: codec) != nil)
        #expect(encoded.served(codec: EntryCodec()) == nil)
    }

    @Test("Where questions are not kept their words are not there, and the mirror still gets their features")
    func withoutQuestion() throws {
        let encoded = try EncodedEntry(EncodedEntry.sample(question: nil))
        for bytes in encoded.fields.values {
            #expect(!String(decoding: bytes.readableBytesView, as: UTF8.self).contains("number"))
        }
        let mirrored = encoded.mirrored()
        #expect(mirrored?.question == nil)
        #expect(mirrored?.features == GuardFeatures(text: "What is number 7?").encoded)
    }

    @Test("Times at the ends of their range do not trap")
    func extremeTimes() throws {
        let sample = EncodedEntry.sample()
        let ends: [(created: Int64, expires: Int64)] = [(.min, .max), (.max, .max), (.min, .min), (0, .min)]
        for end in ends {
            let entry = StoredEntry(
                id: sample.id, partition: sample.partition, question: nil, answer: sample.answer, model: nil,
                usage: nil, created: UnixTime(milliseconds: end.created),
                expires: UnixTime(milliseconds: end.expires), vector: nil)
            #expect(try (EncodedEntry(entry).served(tenant: .open) != nil) == (end.expires == .max))
        }
    }
}
