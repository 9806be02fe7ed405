import GatewayCore
import GatewayTesting
import NIOCore
import RequestAnalysis
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Hits by an error budget", .timeLimit(.minutes(2)))
struct BudgetPipelineTests {
    private func hits(_ records: some Sequence<ExchangeRecord>) -> Int {
        records.count { $0.outcome == .hitSemantic }
    }

    @Test("Where answers to like questions are the same a namespace opens by itself, and keeps its estimate low")
    func opens() async throws {
        try await BudgetFixture.run(answer: { topic, _ in "Here is all about your \(topic)" }) { fixture in
            let records = try await fixture.askAll()
            #expect(hits(records.suffix(40)) > 25, "\(hits(records)) hits of \(records.count)")
            let standing = try #require(fixture.desk.standings.first)
            #expect(standing.space == DecisionSpace(
                owner: PartitionOwner(tenant: TenantID("acme"), namespace: ""), route: "m"))
            // The first question about a topic is nearest to one about another.
            #expect(standing.counts.labelsWrong == fixture.labels.counts.different)
            #expect(standing.counts.labelsRight > 2 * standing.counts.labelsWrong)
            let share = try #require(standing.estimate.wrongShare)
            #expect(share.low <= share.estimate && share.estimate <= 0.05)
        }
    }

    @Test("Where each question has an answer of its own a namespace closes, whatever the cosine")
    func closes() async throws {
        try await BudgetFixture.run(answer: { _, question in question.split(separator: " ").joined(separator: "x") }) {
            fixture in
            let records = try await fixture.askAll()
            #expect(hits(records.suffix(80)) == 0, "\(hits(records)) hits of \(records.count)")
            #expect(hits(records) <= 8)
            let standing = try #require(fixture.desk.standings.first)
            #expect(standing.counts.labelsWrong > 40)
            let missed = try #require(records.last)
            #expect(missed.missReason == .below)
            #expect(try #require(missed.confidence).right < 0.9)
        }
    }

    @Test("A caller may tighten the budget and not loosen it; what is no share is refused")
    func tightened() async throws {
        try await BudgetFixture.run(answer: { topic, _ in "All about \(topic)" }) { fixture in
            _ = try await fixture.askAll()
            let asked = await fixture.ask("kindly tell me about my invoice") { $0.maxWrongHits = "50%" }
            #expect(try #require(asked.confidence).budget == 0.05)
            let careful = await fixture.ask("now tell me about my parcel") { $0.maxWrongHits = "0.001%" }
            #expect(careful.outcome == .miss && careful.missReason == .below)
            #expect(abs(try #require(careful.confidence).budget - 0.00001) < 1e-12)
            let wrong = await fixture.ask("again tell me about my parcel") { $0.maxWrongHits = "2" }
            #expect(wrong.errorCode == .invalidRequest)
        }
    }

    @Test("Under a plain threshold a caller's budget cannot be promised, so only equal questions are served")
    func thresholdAndBudget() async throws {
        try await BudgetFixture.run(
            standards: HitStandards(.threshold(0.5)), answer: { topic, _ in "All about \(topic)" }
        ) { fixture in
            _ = await fixture.ask("tell me about my invoice")
            #expect(await fixture.ask("please explain my invoice").outcome == .hitSemantic)
            let careful = await fixture.ask("can you explain my invoice") { $0.maxWrongHits = "1%" }
            #expect(careful.outcome == .miss && careful.missReason == .exactOnly)
            #expect(fixture.desk.standings.isEmpty)
        }
    }

    @Test("An entry that is gone from the store is passed over, and counts as nothing")
    func gone() async throws {
        try await BudgetFixture.run(answer: { topic, _ in "All about \(topic)" }) { fixture in
            _ = try await fixture.askAll()
            let served = await fixture.ask("now tell me about my invoice")
            #expect(served.outcome == .hitSemantic)
            let before = try #require(fixture.desk.standings.first).counts
            let entries = fixture.base.index.count
            _ = try await fixture.base.store.purge(.namespace(""), of: TenantID("acme"))
            let missed = await fixture.ask("once more tell me about my invoice") { $0.cacheControl = ["no-store"] }
            #expect(missed.outcome == .miss)
            let after = try #require(fixture.desk.standings.first).counts
            #expect(after.served == before.served)
            #expect(fixture.base.index.count < entries)
        }
    }

    @Test("An answer under another name is not counted as an equal question's, which is right by construction")
    func aliases() async throws {
        try await BudgetFixture.run(answer: { topic, _ in "All about \(topic)" }) { fixture in
            let (asked, tenant) = ("tell me about my invoice", TenantID("acme"))
            _ = await fixture.ask(asked)
            #expect(await fixture.ask(asked).outcome == .hitExact)
            #expect(try #require(fixture.desk.standings.first).estimate.hits == 1)
            let store = fixture.base.store.base
            let mirrored = try #require(try await store.everything(of: TopicEncoder().identity).first)
            let stored = try #require(try await store.load(mirrored.id, in: mirrored.partition, of: tenant))
            let other = "what is there to know of my parcel"
            let analyzer = fixture.pipeline.analyzer
            let request = try analyzer.analyze(
                try analyzer.parse(ByteBuffer(string: PipelineFixture.body(other))), headers: CallerHeaders(),
                scope: CacheScope(tenant: tenant), modelClass: "m", policy: .prepared)
            let alias = EntryAlias(
                id: try #require(request.place).entry, partition: stored.partition, question: other, vector: nil,
                entry: stored.id, entryCreated: stored.created, provenance: "right_judge")
            #expect(try await store.promote(alias, of: tenant))
            #expect(await fixture.ask(other).outcome == .hitAlias)
            #expect(try #require(fixture.desk.standings.first).estimate.hits == 1)
        }
    }

    @Test("An explanation tells the probability, its bound and the floor, and counts nothing")
    func explained() async throws {
        try await BudgetFixture.run(answer: { topic, _ in "All about \(topic)" }) { fixture in
            _ = try await fixture.askAll()
            let before = try #require(fixture.desk.standings.first).counts
            let explanation = try await fixture.pipeline.explain(
                .init(string: PipelineFixture.body("now tell me about my invoice")), headers: CallerHeaders(),
                scope: CacheScope(tenant: TenantID("acme")))
            let confidence = try #require(explanation.cache.confidence)
            #expect(explanation.cache.refusal == nil)
            #expect(confidence.bound <= confidence.right && confidence.right > 0.9)
            #expect(String(buffer: explanation.json).contains("\"right_at_least\""))
            #expect(try #require(fixture.desk.standings.first).counts == before)
        }
    }

    @Test("A model's answer teaches nothing about an operator's, be it the same", arguments: [true, false])
    func operators(isOperators: Bool) async throws {
        try await BudgetFixture.run(answer: { topic, _ in "All about \(topic)" }) { fixture in
            _ = await fixture.ask("tell me about my invoice")
            let stored = try await fixture.base.store.base.everything(of: TopicEncoder().identity)
            let entry = try #require(stored.first)
            let text = "All about invoice"
            fixture.base.index.add(
                MirroredEntry(
                    id: entry.id, partition: entry.partition, question: "tell me about my invoice",
                    expires: entry.expires, embedding: entry.embedding,
                    group: isOperators ? AnswerGroup.ofOperator(text) : AnswerGroup.of(text)))
            let missed = await fixture.ask("please explain my invoice") { $0.maxWrongHits = "0.001%" }
            #expect(missed.outcome == .miss && missed.confidence != nil)
            while !isOperators, fixture.labels.counts.all == 0 { try await Task.sleep(for: .milliseconds(1)) }
            #expect(fixture.labels.counts.all == (isOperators ? 0 : 1))
        }
    }
}
