import GatewayCore
import GatewayTesting
import Testing

@testable import Embedding

@Suite("Memo")
struct MemoTests {
    private let vector = EmbeddingVector(unit: [1, 0])

    /// Bytes of an entry with a text of one byte and two components.
    private let entrySize = 1 + 8 + EmbeddingMemo.overhead

    @Test("The least recently used text goes first, and the bytes never exceed the limit")
    func eviction() {
        var memo = EmbeddingMemo(byteLimit: 3 * entrySize)
        for text in ["a", "b", "c"] { memo.insert(TextKey(text: text), vector) }
        #expect(memo.byteCount == 3 * entrySize)
        #expect(memo.find(TextKey(text: "a")) == vector)
        memo.insert(TextKey(text: "d"), vector)
        #expect(memo.find(TextKey(text: "b")) == nil)
        for text in ["a", "c", "d"] { #expect(memo.find(TextKey(text: text)) == vector) }
        memo.insert(TextKey(text: String(repeating: "x", count: 4 * entrySize)), vector)
        #expect(memo.count == 3, "what can never fit drives nothing out")
        var none = EmbeddingMemo(byteLimit: 0)
        none.insert(TextKey(text: "a"), vector)
        #expect(none.count == 0)
    }

    @Test("Against a plain list, random use gives the same answers within the bound", arguments: 1...4)
    func random(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let limit = 2_000
        var memo = EmbeddingMemo(byteLimit: limit)
        var list: [(String, EmbeddingVector)] = []
        for step in 0..<3_000 {
            let text = String(repeating: "t", count: Int.random(in: 1...30, using: &generator))
            let vector = EmbeddingVector(unit: [Float(step), 1])
            let index = list.firstIndex { $0.0 == text }
            #expect(memo.find(TextKey(text: text)) == index.map { list[$0].1 }, "seed \(seed)")
            if let index {
                list.append(list.remove(at: index))
            } else {
                memo.insert(TextKey(text: text), vector)
                list.append((text, vector))
                func size() -> Int { list.reduce(0) { $0 + $1.0.utf8.count + 8 + EmbeddingMemo.overhead } }
                while size() > limit { list.removeFirst() }
            }
            #expect(memo.byteCount <= limit && memo.count == list.count, "seed \(seed)")
        }
    }

    @Test("Texts that Unicode takes for equivalent are different texts")
    func keys() {
        #expect("é" == "e\u{301}")
        #expect(TextKey(text: "é") != TextKey(text: "e\u{301}"))
        #expect(TextKey(text: "é") == TextKey(text: "é"))
    }

    @Test("A second call is answered from memory; a failure is not remembered")
    func hits() async throws {
        let base = FakeEmbedder(immediate: .success(vector))
        let memo = MemoizingEmbedder(base, byteLimit: 10_000)
        for _ in 0..<3 { #expect(try await memo.embed("a") == vector) }
        #expect(base.callCount == 1)
        #expect(memo.counts == MemoCounts(hits: 2, shared: 0, misses: 1, entries: 1, bytes: entrySize))
        let failing = FakeEmbedder(immediate: .failure(EmbeddingError(.overloaded, "full")))
        let empty = MemoizingEmbedder(failing, byteLimit: 10_000)
        for _ in 0..<2 {
            let error = await #expect(throws: EmbeddingError.self) { try await empty.embed("a") }
            #expect(error?.code == .overloaded)
        }
        #expect(failing.callCount == 2)
    }

    private func waitForCallers(_ count: Int, of memo: MemoizingEmbedder) async {
        while memo.counts.misses + memo.counts.shared < count { await Task.yield() }
    }

    @Test("Callers of one text at the same time share one computation")
    func sharing() async throws {
        let base = FakeEmbedder()
        let memo = MemoizingEmbedder(base, byteLimit: 10_000)
        let tasks = (0..<20).map { _ in Task { try await memo.embed("a") } }
        await waitForCallers(20, of: memo)
        while base.callCount == 0 { await Task.yield() }
        base.settle(.success(vector))
        for task in tasks { #expect(try await task.value == vector) }
        #expect(base.callCount == 1)
        #expect(memo.counts.shared == 19)
    }

    @Test("A shared computation outlives the caller that began it, and ends with the last")
    func cancellation() async throws {
        let base = FakeEmbedder()
        let memo = MemoizingEmbedder(base, byteLimit: 10_000)
        let first = Task { try await memo.embed("a") }
        await waitForCallers(1, of: memo)
        let second = Task { try await memo.embed("a") }
        await waitForCallers(2, of: memo)
        while base.callCount == 0 { await Task.yield() }
        first.cancel()
        let error = await #expect(throws: EmbeddingError.self) { try await first.value }
        #expect(error?.code == .cancelled)
        #expect(base.cancelledCount == 0)
        second.cancel()
        _ = await second.result
        while base.cancelledCount == 0 { await Task.yield() }
        // The text can be asked for again.
        let third = Task { try await memo.embed("a") }
        while base.callCount < 2 { await Task.yield() }
        base.settle(.success(vector))
        #expect(try await third.value == vector)
    }
}
