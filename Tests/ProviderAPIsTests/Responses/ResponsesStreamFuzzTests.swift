import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("Responses streams of anything")
struct ResponsesStreamFuzzTests {
    private enum Outcome: Equatable {
        case events([AnswerEvent])
        case failure(ProviderFailure.Kind)
    }

    @Test("Damaged streams never trap, and mean the same wherever they are cut", arguments: 0..<8 as Range<UInt64>)
    func damaged(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<150 {
            let bytes = damage(using: &generator)
            let whole = outcome([bytes])
            #expect(outcome(ByteSplitter.random(bytes, longest: 200, using: &generator)) == whole, "seed \(seed)")
            guard case .events(let events) = whole else { continue }
            accepted += 1
            #expect(events.filter { $0 == .ended }.count == 1 && events.last == .ended, "seed \(seed)")
            // What was understood can be told to a client, which understands it too.
            var encoder = ResponsesClient().stream(of: Conversation(model: "m"))
            var frames = ByteBuffer()
            for event in events { encoder.encode(event, into: &frames) }
            guard case .events = outcome([Array(frames.readableBytesView)]) else {
                Issue.record("seed \(seed): \(String(buffer: frames))")
                continue
            }
        }
        #expect(accepted > 8, "seed \(seed)")
    }

    @Test("Random events in any order never trap a writer", arguments: 0..<8 as Range<UInt64>)
    func writer(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let all = ResponsesStreamFixture.table.flatMap(\.events)
        for _ in 0..<60 {
            var encoder = ResponsesClient().stream(of: Conversation(model: "m"))
            var frames = ByteBuffer()
            for _ in 0..<12 {
                if let event = all.randomElement(using: &generator) { encoder.encode(event, into: &frames) }
            }
            encoder.encode(.ended, into: &frames)
            guard case .events = outcome([Array(frames.readableBytesView)]) else {
                Issue.record("seed \(seed): \(String(buffer: frames))")
                continue
            }
        }
    }

    private func outcome(_ pieces: [[UInt8]]) -> Outcome {
        do throws(ProviderFailure) {
            return .events(try ResponsesEvents(pieces).events)
        } catch {
            return .failure(error.kind)
        }
    }

    /// Drops, doubles or swaps whole events, and changes a few bytes.
    private func damage(using generator: inout SeededGenerator) -> [UInt8] {
        let fixture = ResponsesStreamFixture.table.randomElement(using: &generator) ?? .plain
        var events = fixture.body.split(separator: "\n\n").map { $0 + "\n\n" }
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            let index = Int.random(in: 0..<events.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: if events.count > 1 { events.remove(at: index) }
            case 1: events.insert(events[index], at: Int.random(in: 0...events.count, using: &generator))
            default: events.swapAt(index, Int.random(in: 0..<events.count, using: &generator))
            }
        }
        var bytes = Array(events.joined().utf8)
        let values = ["null", "1", "\"\"", "[]", "{}", "-1", "1e99", "\"a\"", "[{}]"]
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            let start = Int.random(in: 0..<bytes.count, using: &generator)
            if Bool.random(using: &generator) {
                bytes[start] = UInt8.random(in: 0...255, using: &generator)
            } else if let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")) {
                let isEnd = { (byte: UInt8) in byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") }
                let end = bytes[colon...].firstIndex(where: isEnd) ?? bytes.endIndex
                bytes.replaceSubrange(colon + 1..<end, with: (values.randomElement(using: &generator) ?? "").utf8)
            }
        }
        return bytes
    }
}
