import GatewayCore
import GatewayTesting
import NIOCore
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Labels that fresh answers give", .timeLimit(.minutes(1)))
struct FreeLabelsTests {
    private static let said = "The sea is wide."
    /// Far from the other to the encoder.
    private static let otherwise = "60 waves came in."

    private let store = InMemoryCacheStore()
    private let desk = DecisionDesk(calibration: .miniLM)
    private let labels: FreeLabels

    init() {
        labels = FreeLabels(
            desk: desk, store: store, groups: store,
            encoder: EncoderStage(embedder: FakeEncoder(), deadline: .seconds(30)))
    }

    /// Stores an answer, and hands over fresh ones to a question that is near to its.
    private func take(_ answers: some Sequence<String>, stored text: String) async throws {
        let json = PipelineFixture.answer.replacing(#""content":"hi""#, with: #""content":"\#(text)""#)
        let created = UnixTime.now()
        let entry = StoredEntry(
            id: SampleEntries.id(1), partition: SampleEntries.partition(1), question: "How wide is the sea?",
            answer: ByteBuffer(string: json), model: nil, usage: nil, created: created,
            expires: created + .seconds(60), vector: nil)
        try await store.save(entry)
        let document = try JSONDocument("{}")
        let request = AnalyzedRequest(
            request: ChatRequest(
                document: document, model: "m", isStream: false, wantsStreamUsage: false,
                question: ChatRequest.Question(text: "How wide are seas?", element: document.root)),
            cacheability: .semantic, place: CachePlace(partition: entry.partition, entry: SampleEntries.id(2)),
            directives: CacheDirectives())
        let hit = ServedHit(
            entry: entry.id, partition: entry.partition, created: created, question: SampleEntries.id(2),
            lesson: HitLesson(bin: 40, group: AnswerGroup.of(text), cautions: 0))
        let space = DecisionSpace(request.labels, route: "m")
        let ticket = try #require(DecisionTicket(of: hit, in: space))
        for text in answers {
            labels.take(
                ChatAnswer(
                    json: ByteBuffer(string: "{}"), model: nil, usage: nil, finishReasons: ["stop"],
                    hasToolCalls: false, hasRefusal: false, text: text),
                to: request, ticket: ticket)
        }
    }

    @Test("When more comes than can be compared, what is left out is so whatever it would have taught")
    func dropped() async throws {
        var random = SeededGenerator(seed: 3)
        let offered = (0..<10_000).map { _ in Double.random(in: 0..<1, using: &random) < 0.6 }
        // The encoder is busy for as long as these come.
        try await take(offered.map { $0 ? Self.said : Self.otherwise }, stored: Self.said)
        #expect(desk.standings.isEmpty)
        let comparing = Task { await labels.run() }
        defer { comparing.cancel() }
        while labels.counts.all < 256 { try await Task.sleep(for: .milliseconds(1)) }
        let equal = offered.suffix(256).count { $0 }
        #expect(labels.counts.same == equal && labels.counts.different == 256 - equal)
        #expect(labels.counts.dropped == offered.count - 256)
        let counts = try #require(desk.standings.first).counts
        #expect(counts.labelsRight == equal && counts.labelsWrong == 256 - equal)
        let share = Double(offered.count { $0 }) / Double(offered.count)
        #expect(abs(Double(counts.labelsRight) / 256 - share) < 0.1)
    }

    @Test("An answer that is too long to be compared teaches nothing, be it the same")
    func long() async throws {
        let text = String(repeating: "So it goes on. ", count: 600)
        try await take([text, text + "Or not."], stored: text)
        #expect(labels.counts.unsure == 2 && labels.counts.all == 2)
        #expect(desk.standings.isEmpty)
    }
}
