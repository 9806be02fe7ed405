import GatewayCore
import Testing

@Suite("Values")
struct ValueTests {
    @Test("A point in time moves by whole milliseconds and stops at the ends of its range")
    func timeAddition() {
        let time = UnixTime(milliseconds: 1_000)
        #expect(time + .milliseconds(1_500) == UnixTime(milliseconds: 2_500))
        #expect(time + .seconds(-3) == UnixTime(milliseconds: -2_000))
        #expect(time + .microseconds(999) == time)
        let (first, last) = (UnixTime(milliseconds: .min), UnixTime(milliseconds: .max))
        #expect(last + .milliseconds(1) == last)
        #expect(last + .seconds(Int64.max) == last)
        #expect(first + .milliseconds(-1) == first)
        #expect(first + .seconds(Int64.min) == first)
    }

    @Test("The time between two points is exact, and bounded where it does not fit")
    func timeDifference() {
        #expect(UnixTime(milliseconds: 1_500) - UnixTime(milliseconds: 2_000) == .milliseconds(-500))
        let (first, last) = (UnixTime(milliseconds: .min), UnixTime(milliseconds: .max))
        #expect(last - first == .milliseconds(Int64.max))
        #expect(first - last == .milliseconds(Int64.min))
        #expect(first < last)
    }

    @Test("Now lies between the two times at which others were told so")
    func now() {
        // 2024-01-01 and 2100-01-01 by any calendar.
        #expect(UnixTime.now() > UnixTime(milliseconds: 1_704_067_200_000))
        #expect(UnixTime.now() < UnixTime(milliseconds: 4_102_444_800_000))
    }

    @Test("All bytes pass through hexadecimal and back, in either case")
    func hexadecimal() {
        let all = Array(UInt8.min...UInt8.max)
        let text = Hexadecimal.encode(all)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff") && text.utf8.count == 512)
        #expect(Hexadecimal.decode(text) == all)
        #expect(Hexadecimal.decode(text.uppercased()) == all)
        #expect(Hexadecimal.decode("") == [])
    }

    @Test(
        "What is no hexadecimal is refused",
        arguments: ["0", "0g", "g0", " 00", "0x", "é", "00\u{0}0", "/0", ":0", "@0", "`0"])
    func notHexadecimal(text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }

    @Test("Identifiers take exactly their number of bytes")
    func identifiers() throws {
        for count in 0...40 {
            let bytes = [UInt8](repeating: 7, count: count)
            #expect((PartitionID(bytes: bytes) != nil) == (count == 32))
            #expect((EntryID(bytes: bytes) != nil) == (count == 16))
            #expect((EntryID(hexadecimal: Hexadecimal.encode(bytes)) != nil) == (count == 16))
        }
        let entry = try #require(EntryID(hexadecimal: "000102030405060708090A0B0C0D0E0F"))
        #expect(entry.bytes == Array(0..<16))
        #expect(entry.description == "000102030405060708090a0b0c0d0e0f")
    }

    @Test("Every shard is reached, and none beyond", arguments: [1, 2, 64, 256])
    func shards(count: Int) throws {
        var shards: Set<Int> = []
        for first in UInt8.min...UInt8.max {
            let partition = try #require(PartitionID(bytes: [first] + [UInt8](repeating: 255, count: 31)))
            shards.insert(partition.shard(of: count))
        }
        #expect(shards == Set(0..<count))
    }

    @Test("Request ids are 32 hexadecimal digits and differ")
    func requestIDs() {
        let ids = Set((0..<1_000).map { _ in RequestID().description })
        #expect(ids.count == 1_000)
        #expect(ids.allSatisfy { $0.utf8.count == 32 && Hexadecimal.decode($0) != nil })
    }

    @Test("Token counts add up, and huge ones do not overflow")
    func usage() {
        #expect(TokenUsage(promptTokens: 3, completionTokens: 4).totalTokens == 7)
        #expect(TokenUsage(promptTokens: .max, completionTokens: 1).totalTokens == .max)
        let usage = TokenUsage(
            inputUncached: 1, cacheRead: 2, cacheWrite5m: 4, cacheWrite1h: 8, inputAudio: 16, outputText: 32,
            outputReasoning: 64, outputAudio: 128)
        #expect(usage.promptTokens == 31 && usage.completionTokens == 224 && usage.totalTokens == 255)
        #expect(TokenUsage(cacheRead: .max, inputAudio: .max, outputAudio: .max).promptTokens == .max)
    }

    @Test("Token counts below 0 count as 0, and parts come back from their record")
    func usageParts() {
        #expect(TokenUsage(promptTokens: .min, completionTokens: -1) == TokenUsage())
        #expect(TokenUsage(parts: Array(repeating: -1, count: 8)) == TokenUsage())
        let parts = [1, 2, 3, 4, 5, 6, 7, 8]
        #expect(TokenUsage(parts: parts)?.parts == parts)
        #expect(TokenUsage(parts: [1, 2]) == nil && TokenUsage(parts: parts + [9]) == nil)
    }
}
