import GatewayCore
import Testing

@testable import Embedding

@Suite("Batcher")
struct BatcherTests {
    /// Begins to encode, and returns once the text is in the queue.
    private func enqueue(
        _ id: Int32, tokens: Int = 1, on batcher: EmbeddingBatcher
    ) async -> Task<EmbeddingPromise.Outcome, Never> {
        let before = batcher.count
        let task = Task {
            do throws(EmbeddingError) {
                return EmbeddingPromise.Outcome.success(
                    try await batcher.encode([id] + Array(repeating: 0, count: tokens - 1)))
            } catch {
                return EmbeddingPromise.Outcome.failure(error)
            }
        }
        while batcher.count == before { await Task.yield() }
        return task
    }

    @Test("Texts that wait while a pass runs go together in the next, in order and within the limits")
    func batches() async throws {
        let encoder = GatedEncoder()
        let batcher = EmbeddingBatcher(limits: BatchLimits(texts: 3, tokens: 10)) { encoder }
        var passes = encoder.passes.makeAsyncIterator()
        var tasks = [await enqueue(1, on: batcher)]
        #expect(await passes.next()?.map(\.first) == [1], "the first goes alone and at once")
        for (id, tokens) in [(2, 1), (3, 1), (4, 1), (5, 6), (6, 5), (7, 50), (8, 1)] {
            tasks.append(await enqueue(Int32(id), tokens: tokens, on: batcher))
        }
        encoder.open()
        #expect(await passes.next()?.map(\.first) == [2, 3, 4], "no more texts than the limit")
        #expect(await passes.next()?.map(\.first) == [5], "no more tokens than the limit")
        #expect(await passes.next()?.map(\.first) == [6])
        #expect(await passes.next()?.map(\.first) == [7], "one text above the limit goes alone")
        #expect(await passes.next()?.map(\.first) == [8])
        for (index, task) in tasks.enumerated() {
            #expect(try await task.value.get().components == [Float(index + 1), 1], "each caller gets its own vector")
        }
        #expect(batcher.count == 0)
        await batcher.close()
    }

    @Test("A full queue refuses at once, and accepts again when there is room")
    func overload() async throws {
        let encoder = GatedEncoder()
        let batcher = EmbeddingBatcher(limits: BatchLimits(queue: 2)) { encoder }
        let tasks = [await enqueue(1, on: batcher), await enqueue(2, on: batcher)]
        let error = await #expect(throws: EmbeddingError.self) { try await batcher.encode([3]) }
        #expect(error?.code == .overloaded)
        #expect(error?.isRetriable == true)
        encoder.open()
        for task in tasks { _ = try await task.value.get() }
        #expect(try await batcher.encode([4]).components == [4, 1])
        await batcher.close()
    }

    @Test("A caller that is cancelled returns at once, and its text is dropped from the queue")
    func cancellation() async throws {
        let encoder = GatedEncoder()
        let batcher = EmbeddingBatcher(limits: BatchLimits()) { encoder }
        var passes = encoder.passes.makeAsyncIterator()
        let running = await enqueue(1, on: batcher)
        _ = await passes.next()
        let dropped = await enqueue(2, on: batcher)
        let kept = await enqueue(3, on: batcher)
        dropped.cancel()
        // The gate is still shut: only the cancellation can have ended the wait.
        #expect(await dropped.value == .failure(.cancelled))
        running.cancel()
        #expect(await running.value == .failure(.cancelled), "also while its pass runs")
        encoder.open()
        #expect(await passes.next()?.map(\.first) == [3])
        #expect(try await kept.value.get().components == [3, 1])
        while batcher.count > 0 { await Task.yield() }
        let late = Task { () async -> EmbeddingErrorCode? in
            withUnsafeCurrentTask { $0?.cancel() }
            do throws(EmbeddingError) { _ = try await batcher.encode([4]) } catch { return error.code }
            return nil
        }
        #expect(await late.value == .cancelled, "a cancelled caller does not even queue")
        await batcher.close()
    }

    @Test("Closing fails what waits, lets the running pass finish, and refuses what comes later", arguments: [1, 3])
    func close(threads: Int) async throws {
        let encoder = GatedEncoder()
        let batcher = EmbeddingBatcher(limits: BatchLimits(texts: 1, threads: threads)) { encoder }
        var passes = encoder.passes.makeAsyncIterator()
        var running: [Task<EmbeddingPromise.Outcome, Never>] = []
        for index in 0..<threads {
            running.append(await enqueue(Int32(index), on: batcher))
            _ = await passes.next()
        }
        let waiting = await enqueue(9, on: batcher)
        let closing = Task { await batcher.close() }
        // Once closed, new texts are refused although the passes still run.
        var code: EmbeddingErrorCode?
        while code != .closed {
            let probe = Task { try await batcher.encode([8]) }
            await Task.yield()
            probe.cancel()
            do { _ = try await probe.value } catch { code = (error as? EmbeddingError)?.code }
        }
        encoder.open()
        await closing.value
        for (index, task) in running.enumerated() {
            #expect(try await task.value.get().components == [Float(index), 1])
        }
        #expect(await waiting.value == .failure(.closed))
        #expect(batcher.count == 0)
        await batcher.close()
    }

    @Test("Every caller of many gets its own vector, on several threads")
    func manyCallers() async throws {
        let batcher = EmbeddingBatcher(limits: BatchLimits(texts: 5, threads: 3)) {
            let encoder = GatedEncoder()
            encoder.open()
            return encoder
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for id in 0..<500 {
                group.addTask { try await batcher.encode([Int32(id)]).components == [Float(id), 1] }
            }
            for try await isRight in group { #expect(isRight) }
        }
        await batcher.close()
    }

    @Test("A vector that is not finite or zero is an error, not an answer", arguments: [Float.nan, .infinity, 0])
    func damaged(value: Float) async {
        let encoder = GatedEncoder { _ in [value, 0] }
        encoder.open()
        let batcher = EmbeddingBatcher(limits: BatchLimits()) { encoder }
        let error = await #expect(throws: EmbeddingError.self) { try await batcher.encode([1]) }
        #expect(error?.code == .modelInvalid)
        await batcher.close()
    }

    @Test("The embedder refuses or cuts long texts as configured, and gives unit vectors")
    func localEmbedder() async throws {
        let model = try ModelFolder.with(SafetensorsFixture.files()) {
            try LocalModel(directory: $0, maximumTokens: 8)
        }
        let long = String(repeating: "low ", count: 20)
        for rule in LongTextRule.allCases {
            let embedder = LocalEmbedder(
                model: model, choice: BackendChoice(model, precision: .auto), longText: rule, limits: BatchLimits())
            let vector = try await embedder.embed("low!")
            #expect(vector.dimension == embedder.identity.dimension)
            if rule == .refuse {
                let error = await #expect(throws: EmbeddingError.self) { try await embedder.embed(long) }
                #expect(error?.code == .textTooLong)
            } else {
                #expect(try await embedder.embed(long).dimension == 16)
            }
            await embedder.close()
            let error = await #expect(throws: EmbeddingError.self) { try await embedder.embed("low!") }
            #expect(error?.code == .closed)
        }
    }
}
