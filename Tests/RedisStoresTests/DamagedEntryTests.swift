import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Damaged entries")
struct DamagedEntryTests {
    private let samples = SampleEntries()

    /// The hash of an entry as `HMGET` would answer it, with some fields replaced or, by nil, removed.
    private func reply(_ fields: [String], _ changes: [String: ByteBuffer?] = [:]) -> [RedisReply] {
        var values: [String: ByteBuffer] = [:]
        let arguments = EntryCodec.fields(of: samples.entry(7)).map { argument in
            switch argument {
            case .string(let text): ByteBuffer(string: text)
            case .bytes(let bytes): ByteBuffer(bytes: bytes)
            case .buffer(let buffer): buffer
            case .integer(let number): ByteBuffer(string: String(number))
            }
        }
        for index in stride(from: 0, to: arguments.count, by: 2) {
            values[String(buffer: arguments[index])] = arguments[index + 1]
        }
        for (name, value) in changes { values[name] = value }
        return fields.map { name in values[name].map { .bulk($0) } ?? .null }
    }

    private func served(_ changes: [String: ByteBuffer?] = [:]) -> StoredEntry? {
        EntryCodec.entry(
            reply(EntryCodec.servedFields, changes), id: SampleEntries.id(7), partition: SampleEntries.partition(1),
            now: .now())
    }

    private func mirrored(_ changes: [String: ByteBuffer?] = [:]) -> MirroredEntry? {
        MirrorDecoder(encoder: samples.encoder).entry(
            reply(EntryCodec.mirroredFields, changes), id: SampleEntries.id(7))
    }

    private func floats(_ components: [Float]) -> ByteBuffer {
        var buffer = ByteBuffer()
        for component in components { buffer.writeInteger(component.bitPattern, endianness: .little) }
        return buffer
    }

    @Test("An undamaged one is read")
    func undamaged() {
        #expect(served()?.answer == samples.entry(7).answer)
        #expect(mirrored()?.embedding == samples.vector(7))
    }

    @Test("Without a field it needs, or with garbage in it, an entry is not there",
          arguments: ["v", "p", "a", "at", "exp"])
    func neededField(name: String) {
        #expect(served([name: ByteBuffer?.none]) == nil)
        guard name != "a" else { return }
        for garbage in [name == "v" ? "1" : "two", "", "-", "1e3", "99999999999999999999", " 1", "\u{0}", "🦊"] {
            #expect(served([name: ByteBuffer(string: garbage)]) == nil, "\(name) = \(garbage)")
        }
    }

    @Test("Without a field it needs, or with garbage in it, an entry is not mirrored",
          arguments: ["v", "p", "q", "exp", "enc", "vec"])
    func mirroredField(name: String) {
        #expect(mirrored([name: ByteBuffer?.none]) == nil)
        guard name != "q" else { return }
        for garbage in ["", "x", "-", "1e3", "99999999999999999999", "\u{0}", "🦊"] {
            #expect(mirrored([name: ByteBuffer(string: garbage)]) == nil, "\(name) = \(garbage)")
        }
    }

    @Test("Counts of tokens that cannot be are left out, the answer is served all the same",
          arguments: ["-1", "x", "", "9223372036854775808"])
    func usage(count: String) {
        let entry = served(["pt": ByteBuffer(string: count)])
        #expect(entry != nil)
        #expect(entry?.usage == nil)
    }

    @Test("Times at the ends of their range do not trap")
    func extremeTimes() {
        let last = String(Int64.max)
        #expect(served(["at": ByteBuffer(string: String(Int64.min)), "exp": ByteBuffer(string: last)]) != nil)
        #expect(served(["at": ByteBuffer(string: last), "exp": ByteBuffer(string: last)]) != nil)
        #expect(served(["exp": ByteBuffer(string: String(Int64.min))]) == nil)
    }

    @Test("A vector that is cut, too long, or no direction is refused")
    func vectors() {
        let whole = floats(samples.vector(7).components)
        for length in 0..<whole.readableBytes {
            #expect(mirrored(["vec": whole.getSlice(at: 0, length: length)]) == nil, "\(length) bytes")
        }
        var longer = whole
        longer.writeInteger(0 as UInt8)
        #expect(mirrored(["vec": longer]) == nil)
        for strange in [Float.nan, .signalingNaN, .infinity, -.infinity, .greatestFiniteMagnitude, 1e20, 3] {
            var components = samples.vector(7).components
            components[5] = strange
            #expect(mirrored(["vec": floats(components)]) == nil, "\(strange)")
        }
        #expect(mirrored(["vec": floats(Array(repeating: 0, count: 16))]) == nil)
        #expect(mirrored(["vec": floats(samples.vector(8).components)])?.embedding == samples.vector(8))
    }

    @Test("Replies of any shape and any bytes give an entry or nil, never a trap")
    func random() {
        var generator = SeededGenerator(seed: 20_26)
        func randomReply() -> RedisReply {
            switch Int.random(in: 0..<7, using: &generator) {
            case 0: .null
            case 1: .integer(Int64.random(in: .min ... .max, using: &generator))
            case 2: .status("OK")
            case 3: .error(RedisServerError(message: "WRONGTYPE"))
            case 4: .array([.null])
            case 5: .bulk(ByteBuffer(string: "2"))
            default:
                .bulk(ByteBuffer(bytes: (0..<Int.random(in: 0...70, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }))
            }
        }
        for _ in 0..<20_000 {
            var values = reply(EntryCodec.servedFields)
            for _ in 0..<Int.random(in: 1...9, using: &generator) {
                values[Int.random(in: 0..<values.count, using: &generator)] = randomReply()
            }
            if Bool.random(using: &generator) { values.removeLast(Int.random(in: 0...values.count, using: &generator)) }
            let entry = EntryCodec.entry(
                values, id: SampleEntries.id(7), partition: SampleEntries.partition(1), now: .now())
            if let entry { #expect(entry.expires > .now()) }
            var mirror = reply(EntryCodec.mirroredFields)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                mirror[Int.random(in: 0..<mirror.count, using: &generator)] = randomReply()
            }
            let mirrored = MirrorDecoder(encoder: samples.encoder).entry(mirror, id: SampleEntries.id(7))
            if let mirrored { #expect(mirrored.embedding == samples.vector(7)) }
        }
    }
}
