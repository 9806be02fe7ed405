import Embedding
import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Stored questions get the present encoder's vectors", .timeLimit(.minutes(1)))
struct ReembedderTests {
    private let samples = SampleEntries()
    private let store = InMemoryCacheStore()
    private let moves: ReembeddingMemory
    private let encoder = FakeEncoder()
    private let lines = LogLines()
    private let outcomes = NIOLockedValueBox<[ReembeddingOutcome: Int]>([:])

    private static let done = "the present encoder finds all that is stored: the one before is no longer asked, and "
        + "can be taken out"
    private static let waits = "stored questions wait for the present encoder's vectors"

    init() { moves = ReembeddingMemory(store, stepLimit: 3) }

    private var move: EncoderMove { EncoderMove(from: samples.encoder, to: encoder.identity) }

    private func reembedder(
        _ replica: String = "a", rest: Duration = .seconds(600), isBusy: @escaping @Sendable () -> Bool = { false }
    ) -> Reembedder {
        Reembedder(
            move, embedder: encoder, store: moves,
            pace: ReembeddingPace(textsPerSecond: 100_000, rest: rest, isBusy: isBusy), replica: replica,
            logger: lines.logger,
            onOutcome: { [outcomes] outcome, count in outcomes.withLockedValue { $0[outcome, default: 0] += count } })
    }

    private func entries(of encoder: EncoderIdentity) async throws -> Set<EntryID> {
        let ids = (0..<20).map { (entry: SampleEntries.id($0), partition: SampleEntries.partition(1)) }
        return try await store.present(ids, encoder: encoder)
    }

    @Test("All of them do, once each; a round that finds nothing more says that it is complete")
    func whole() async throws {
        for number in 0..<10 { try await store.save(samples.entry(number)) }
        try await store.save(samples.entry(10, encoder: encoder.identity))
        let reembedder = reembedder()
        #expect(try await reembedder.turn())
        #expect(!reembedder.isComplete)
        #expect(encoder.calls == 10)
        #expect(try await entries(of: encoder.identity).count == 11)
        #expect(try await entries(of: samples.encoder).isEmpty)
        #expect(try await !reembedder.turn())
        #expect(reembedder.isComplete && encoder.calls == 10)
        #expect(outcomes.withLockedValue { $0 } == [.written: 10])
        #expect(lines.count(of: Self.done) == 1)
        await reembedder.waitUntilComplete()
    }

    @Test("Of two replicas one works; the other hears when it is complete, and tells so once")
    func replicas() async throws {
        for number in 0..<10 { try await store.save(samples.entry(number)) }
        let (first, second) = (reembedder("a"), reembedder("b"))
        #expect(try await first.turn())
        #expect(try await !second.turn())
        #expect(!second.isComplete)
        #expect(try await !first.turn())
        for _ in 0..<2 { #expect(try await !second.turn()) }
        #expect(first.isComplete && second.isComplete)
        #expect(lines.count(of: Self.done) == 2)
        #expect(encoder.calls == 10)
        #expect(outcomes.withLockedValue { $0 } == [.written: 10])
    }

    @Test("What the encoder refuses, or whose question is not kept, stays with the one before, and is told once")
    func left() async throws {
        try await store.save(samples.entry(0))
        var unasked = samples.entry(1)
        (unasked.question, unasked.features) = (nil, GuardFeatures(text: "What is number 1?").encoded)
        try await store.save(unasked)
        encoder.become(.fails(.textTooLong))
        let reembedder = reembedder(rest: .zero)
        for _ in 0..<2 { #expect(try await !reembedder.turn()) }
        #expect(!reembedder.isComplete)
        #expect(outcomes.withLockedValue { $0 } == [.refused: 1, .unasked: 1])
        #expect(try await entries(of: samples.encoder).count == 2)
        for number in 0...1 {
            try await store.delete(SampleEntries.id(number), in: SampleEntries.partition(1))
        }
        #expect(try await !reembedder.turn())
        #expect(reembedder.isComplete)
    }

    @Test("A walk that an encoder's failure ended is gone on with where it was, and looks at all once more")
    func resumed() async throws {
        for number in 0..<10 { try await store.save(samples.entry(number)) }
        encoder.become(.fails(.remoteFailed))
        let first = reembedder()
        await #expect(throws: EmbeddingError.self) { try await first.turn() }
        #expect(try await moves.claim(move, by: "a").cursor == "0")
        #expect(try await moves.advance(move, by: "a", to: "6"))
        moves.leave()
        encoder.become(.well)
        let failed = encoder.calls
        let second = reembedder("b")
        #expect(try await second.turn())
        #expect(encoder.calls == failed + 4)
        #expect(!second.isComplete)
        #expect(try await second.turn())
        #expect(encoder.calls == failed + 10)
        #expect(try await !second.turn())
        #expect(second.isComplete)
    }

    @Test("While the encoder fails it is asked again, and told once; words of the service are not")
    func failing() async throws {
        try await store.save(samples.entry(0))
        encoder.become(.fails(.remoteFailed))
        let reembedder = reembedder()
        let run = Task { await reembedder.run() }
        await lines.wait(for: Self.waits)
        while encoder.calls < 3 { try await Task.sleep(for: .milliseconds(1)) }
        encoder.become(.well)
        await lines.wait(for: Self.done)
        #expect(lines.count(of: Self.waits) == 1)
        #expect(!lines.text.contains("as told"))
        run.cancel()
        await run.value
    }

    @Test("What is purged is not embedded, and what is purged meanwhile is not served")
    func purged() async throws {
        try await store.save(samples.entry(0))
        _ = try await store.purge(.everything, of: .open)
        try await store.save(samples.entry(1))
        // Asked right before the texts are embedded.
        let reembedder = reembedder(isBusy: { [store] in
            Task { _ = try await store.purge(.everything, of: .open) }
            return false
        })
        #expect(try await reembedder.turn())
        #expect(encoder.calls == 1)
        #expect(outcomes.withLockedValue { $0[.purged] } == 1)
        let entry = samples.entry(1)
        while try await store.load(entry.id, in: entry.partition) != nil {
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    @Test("Requests go first")
    func busy() async throws {
        try await store.save(samples.entry(0))
        let looks = NIOLockedValueBox(0)
        let reembedder = reembedder(isBusy: {
            looks.withLockedValue { looks in
                looks += 1
                return looks < 4
            }
        })
        #expect(try await reembedder.turn())
        #expect(looks.withLockedValue { $0 } == 4)
        #expect(encoder.calls == 1)
    }

    @Test("Texts keep the pace, and an entry of many texts waits for its own")
    func pace() {
        #expect(ReembeddingPace(textsPerSecond: 50).time(of: 16) == .milliseconds(320))
        #expect(ReembeddingPace(textsPerSecond: 50).batch == 16)
        #expect(ReembeddingPace(textsPerSecond: 2).batch == 2)
        #expect(ReembeddingPace(textsPerSecond: 0).batch == 1)
        #expect(ReembeddingPace(textsPerSecond: 1).time(of: 33) == .seconds(33))
    }
}
