import Embedding
import GatewayCore
import Testing

@testable import Pipeline

@Suite("Vectors of many texts", .timeLimit(.minutes(1)))
struct CuratedVectorsTests {
    private let encoder = FakeEncoder()

    private var vectors: CuratedVectors { CuratedVectors(encoder, textsAtOnce: 2) }

    @Test("Each text is encoded once, however often it comes")
    func once() async throws {
        let found = try await vectors.of(["0", "5", "60", "0", "5"])
        #expect(found.count == 3)
        #expect(found["5"]?.components.first == FakeEncoder.vector("5").components.first)
        #expect(encoder.calls == 3)
    }

    @Test("A text that is too long has none; any other failure ends all, and is not taken for one")
    func failures() async throws {
        encoder.become(.fails(.textTooLong))
        #expect(try await vectors.of(["0", "5"]).isEmpty)
        for code in [.remoteFailed, .timeout, .closed] as [EmbeddingErrorCode] {
            encoder.become(.fails(code))
            await #expect(throws: GatewayError.self) { try await vectors.of(["0"]) }
        }
    }
}
