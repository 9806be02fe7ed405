import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("OpenAI stream decoding of anything")
struct OpenAIStreamFuzzTests {
    @Test("Damaged streams never trap, and what is accepted is a whole answer", arguments: 0..<6 as Range<UInt64>)
    func damaged(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<600 {
            let fixture = StreamFixture.table.randomElement(using: &generator) ?? .plain
            let bytes = damage(Array(fixture.body.utf8), using: &generator)
            let pieces = ByteSplitter.random(bytes, longest: 200, using: &generator)
            let (cut, whole) = (outcome(pieces), outcome([bytes]))
            #expect(cut == whole, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
            guard case .success(let answer) = cut, let answer else { continue }
            accepted += 1
            // What was put together is itself an answer, and replaying it says the same again.
            let json = ByteBuffer(string: answer)
            let frames = try OpenAIReplay.frames(of: json, includesUsage: true)
            let again = try DecodedStream(frames.map { Array($0.readableBytesView) })
            let read = try OpenAIChat.decode(json)
            #expect(again.answer?.text == read.text && again.answer?.finishReasons == read.finishReasons)
            #expect(again.answer?.usage == read.usage && again.answer?.hasToolCalls == read.hasToolCalls)
        }
        #expect(accepted > 50, "seed \(seed)")
    }

    private enum Outcome: Equatable {
        case success(String?)
        case failure(ProviderFailure.Kind)
    }

    private func outcome(_ pieces: [[UInt8]]) -> Outcome {
        do throws(ProviderFailure) {
            return .success(try DecodedStream(pieces).answer.map { String(buffer: $0.json) })
        } catch {
            return .failure(error.kind)
        }
    }

    /// Changes, drops, doubles or swaps a few bytes or stretches.
    private func damage(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        let values = ["null", "1", "\"\"", "[]", "{}", "-1", "1e99", "\"a\"", "[{}]", "\n", "\r\n", "data: "]
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            guard bytes.count > 2 else { return bytes }
            let start = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(start + Int.random(in: 0..<40, using: &generator), bytes.count)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[start] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
            case 3: replaceValue(in: &bytes, from: start, with: values.randomElement(using: &generator) ?? "")
            default: bytes.swapAt(start, Int.random(in: 0..<bytes.count, using: &generator))
            }
        }
        return bytes
    }

    /// Puts another value behind the next colon, so that the text stays JSON more often than not.
    private func replaceValue(in bytes: inout [UInt8], from start: Int, with value: String) {
        guard let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")) else { return }
        let end = bytes[colon...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? bytes.endIndex
        bytes.replaceSubrange(colon + 1..<end, with: value.utf8)
    }
}
