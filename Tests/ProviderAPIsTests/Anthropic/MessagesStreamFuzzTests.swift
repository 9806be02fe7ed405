import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Streams of Messages made of anything")
struct MessagesStreamFuzzTests {
    @Test("Damaged streams never trap and mean the same however they are cut", arguments: 0..<4 as Range<UInt64>)
    func damaged(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<250 {
            let fixture = MessagesFixture.table.randomElement(using: &generator) ?? .plain
            var lines = fixture.lines.split(separator: "\n").map(String.init)
            if Bool.random(using: &generator) { lines.shuffle(using: &generator) }
            if Int.random(in: 0..<4, using: &generator) == 0 {
                lines.removeLast(Int.random(in: 0...3, using: &generator))
            }
            let bytes = damage(Array(MessagesStream.body(lines.joined(separator: "\n")).utf8), using: &generator)
            let (cut, whole) = (
                outcome(ByteSplitter.random(bytes, longest: 200, using: &generator)), outcome([bytes])
            )
            #expect(cut == whole, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
            guard case .success(let events) = whole else { continue }
            accepted += 1
            #expect(events.last == .ended, "seed \(seed)")
            // What is accepted can be told to a client, and read again without a failure.
            let told = MessagesStream.frames(events)
            #expect(throws: Never.self, "seed \(seed): \(told)") { try MessagesStream.events(told) }
        }
        #expect(accepted > 10, "seed \(seed)")
    }

    @Test("Random bytes never trap", arguments: 0..<4 as Range<UInt64>)
    func noise(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let count = Int.random(in: 0...400, using: &generator)
            let bytes = Array("data: ".utf8) + (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            guard case .failure = outcome([bytes]) else {
                Issue.record("seed \(seed): \(bytes)")
                continue
            }
        }
    }

    private enum Outcome: Equatable {
        case success([AnswerEvent])
        case failure(ProviderFailure.Kind)
    }

    private func outcome(_ pieces: [[UInt8]]) -> Outcome {
        do throws(ProviderFailure) {
            return .success(try MessagesStream.events(pieces))
        } catch {
            return .failure(error.kind)
        }
    }

    private func damage(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            guard bytes.count > 2 else { return bytes }
            let start = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(start + Int.random(in: 0..<40, using: &generator), bytes.count)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[start] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
            default: replaceValue(in: &bytes, from: start, using: &generator)
            }
        }
        return bytes
    }

    /// Puts another value behind the next colon, so that the text stays JSON more often than not.
    private func replaceValue(in bytes: inout [UInt8], from start: Int, using generator: inout SeededGenerator) {
        let values = ["null", "-1", "1e99", "\"\"", "[]", "{}", "99999999999999999999", "true"]
        guard let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")) else { return }
        let end = bytes[colon...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? bytes.endIndex
        bytes.replaceSubrange(colon + 1..<end, with: (values.randomElement(using: &generator) ?? "").utf8)
    }
}
