import GatewayCore
import GatewayTesting
import NIOCore
import SemanticCache
import Testing

@testable import RedisStores

@Suite("An entry's freshness in bytes")
struct FreshnessCodecTests {
    @Test("The layout: two times, a duration, a step, little-endian")
    func layout() throws {
        let freshness = EntryFreshness(
            due: UnixTime(milliseconds: 0x0102), kept: UnixTime(milliseconds: 0x0304), took: .milliseconds(0x0506),
            step: -1)
        let bytes = try #require(FreshnessCodec.bytes(of: freshness))
        #expect(Array(bytes.readableBytesView)
            == [2, 1, 0, 0, 0, 0, 0, 0, 4, 3, 0, 0, 0, 0, 0, 0, 6, 5, 0, 0, 0xFF])
        #expect(FreshnessCodec.freshness(bytes) == freshness)
    }

    @Test("What is fresh to its life's end needs none", arguments: [nil, ByteBuffer()])
    func nothing(bytes: ByteBuffer?) {
        #expect(FreshnessCodec.bytes(of: EntryFreshness()) == nil)
        #expect(FreshnessCodec.freshness(bytes) == EntryFreshness())
    }

    @Test("Whatever the bytes are, it reads something within bounds")
    func anything() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            let length = Bool.random(using: &generator) ? 21 : Int.random(in: 0...40, using: &generator)
            let bytes = ByteBuffer(bytes: (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) })
            let read = FreshnessCodec.freshness(bytes)
            #expect(abs(read.step) <= EntryFreshness.stepLimit && read.took >= .zero)
            if length != 21 { #expect(read == EntryFreshness()) }
        }
    }
}
