import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("Gemini stream decoding of anything")
struct GeminiFuzzTests {
    @Test("Damaged streams never trap, and end the same however they are cut", arguments: 0..<4 as Range<UInt64>)
    func damaged(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<500 {
            let fixture = GeminiFixture.table.randomElement(using: &generator) ?? .plain
            var chunks = fixture.chunks.map { "data: \($0)\r\n\r\n" }
            if Bool.random(using: &generator) { chunks.shuffle(using: &generator) }
            let bytes = StreamDamage.apply(to: Array(chunks.joined().utf8), using: &generator)
            let pieces = ByteSplitter.random(bytes, longest: 100, using: &generator)
            let (cut, whole) = (outcome(pieces), outcome([bytes]))
            #expect(cut == whole, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
            if case .success = cut { accepted += 1 }
        }
        #expect(accepted > 20, "seed \(seed)")
    }

    private func outcome(_ pieces: [[UInt8]]) -> Result<[AnswerEvent], FailureKind> {
        do {
            return .success(try GeminiReading.events(pieces))
        } catch {
            return .failure(FailureKind(kind: (error as? ProviderFailure)?.kind))
        }
    }

    private struct FailureKind: Error, Equatable {
        let kind: ProviderFailure.Kind?
    }
}
