import GatewayCore
import Testing

@testable import Embedding

@Suite("Embeddings that take too long", .timeLimit(.minutes(1)))
struct DeadlineTests {
    private static let vector = EmbeddingVector(unit: [1, 0])

    @Test("What is not delivered in time fails with a timeout, again after a pause")
    func timeout() async {
        let deadlines = EmbeddingDeadlines(after: .milliseconds(2))
        let silent = FakeEmbedder()
        for _ in 0..<3 {
            let error = await #expect(throws: EmbeddingError.self) { try await silent.embed("a", within: deadlines) }
            #expect(error?.code == .timeout)
        }
        #expect(silent.callCount == 3)
    }

    @Test("A promise that is settled first keeps its outcome, and one behind it still fails")
    func kept() async throws {
        let deadlines = EmbeddingDeadlines(after: .milliseconds(5))
        let promises = (0..<4).map { _ in EmbeddingPromise() }
        for promise in promises { deadlines.watch(promise) }
        promises[0].settle(.success(Self.vector))
        promises[2].settle(.success(Self.vector))
        var outcomes: [EmbeddingPromise.Outcome] = []
        for promise in promises { outcomes.append(await promise.outcome()) }
        let late = EmbeddingPromise.Outcome.failure(EmbeddingError(.timeout, "no embedding within 0.005 seconds"))
        #expect(outcomes == [.success(Self.vector), late, .success(Self.vector), late])
    }

    @Test("A memo's caller that runs out of time leaves; the last one takes the computation with it")
    func shared() async throws {
        let base = FakeEmbedder()
        let memo = MemoizingEmbedder(base, byteLimit: 1 << 16)
        let patient = Task { try await memo.embed("a") }
        while base.callCount == 0 { await Task.yield() }
        let deadlines = EmbeddingDeadlines(after: .milliseconds(2))
        let error = await #expect(throws: EmbeddingError.self) { try await memo.embed("a", within: deadlines) }
        #expect(error?.code == .timeout)
        #expect(base.cancelledCount == 0)
        base.settle(.success(Self.vector))
        #expect(try await patient.value == Self.vector)
        #expect(base.callCount == 1)

        let other = await #expect(throws: EmbeddingError.self) { try await memo.embed("b", within: deadlines) }
        #expect(other?.code == .timeout)
        #expect(base.cancelledCount == 1)
    }
}
