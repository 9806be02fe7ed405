import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import Policy
import RequestAnalysis
import Routing
import SemanticCache
import Upstream

@testable import Pipeline

/// A pipeline that decides by an error budget, over a made-up world of topics, wordings and answers.
struct BudgetFixture {
    private static let wordings = [
        "tell me about my", "please explain my", "I want to know all about my", "can you explain my",
        "would you tell me about my", "say something about my", "I would like to hear about my", "inform me about my",
    ]
    private static let topics = [
        "invoice", "parcel", "refund", "warranty", "password", "contract", "account", "voucher", "delivery",
        "subscription", "complaint", "reservation", "mortgage", "passport", "insurance", "salary", "holiday", "garden",
        "kettle", "bicycle",
    ]

    let base: PipelineFixture
    let desk: DecisionDesk
    let labels: FreeLabels
    let pipeline: Pipeline
    let drifts: NIOLockedValueBox<Int>

    /// - Parameters:
    ///   - answer: what the provider says to a question, by its topic and the whole of it.
    ///   - standards: nil for a budget of 5 %.
    static func run(
        standards: HitStandards? = nil,
        answer: @escaping @Sendable (_ topic: String, _ question: String) -> String,
        _ body: (BudgetFixture) async throws -> Void
    ) async throws {
        try await PipelineFixture.run(script: { exchange in
            let text = String(decoding: exchange.request.body, as: UTF8.self)
            let root = try JSONDocument(text).root
            let question = root["messages"]?.elements.map { $0["content"]?.string ?? "" }.last ?? ""
            let topic = question.split(separator: " ").last.map(String.init) ?? ""
            try await exchange.respond(
                body: PipelineFixture.answer.replacing("\"hi\"", with: "\"\(answer(topic, question))\""))
        }) { base in
            let fixture = BudgetFixture(base, standards: standards ?? HitStandards(.budget(0.05)))
            let comparing = Task { await fixture.labels.run() }
            defer { comparing.cancel() }
            try await body(fixture)
        }
    }

    private init(_ base: PipelineFixture, standards: HitStandards) {
        let random = NIOLockedValueBox(SeededGenerator(seed: 7))
        let drifts = NIOLockedValueBox(0)
        let encoder = EncoderStage(embedder: TopicEncoder(), deadline: .seconds(30))
        let desk = DecisionDesk(
            calibration: .miniLM,
            draw: { random.withLockedValue { .random(in: 0..<1, using: &$0) } },
            onDrift: { _ in drifts.withLockedValue { $0 += 1 } })
        let labels = FreeLabels(desk: desk, store: base.store, groups: base.store.base, encoder: encoder)
        let lookup = CacheLookup(
            store: base.store, index: base.index, scanner: base.scanner, rule: SimilarityRule(threshold: 0.9),
            candidates: 4, desk: desk, standards: standards)
        pipeline = Pipeline(
            directory: base.pipeline.directory, analyzer: base.pipeline.analyzer,
            cache: CacheStage(mode: .semantic, lookup: lookup, encoder: encoder), router: base.pipeline.router,
            upstream: base.pipeline.upstream, writer: base.pipeline.writer, recorder: base.pipeline.recorder,
            labels: labels)
        self.base = base
        self.desk = desk
        self.labels = labels
        self.drifts = drifts
    }

    /// Asks a question and reads the answer.
    func ask(_ question: String, _ change: (inout CallerHeaders) -> Void = { _ in }) async -> ExchangeRecord {
        var headers = CallerHeaders()
        change(&headers)
        let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient())
        let reply = await pipeline.respond(
            to: ByteBuffer(string: PipelineFixture.body(question)), headers: headers,
            scope: CacheScope(tenant: TenantID("acme")), exchange: exchange)
        _ = await reply.text()
        await exchange.finish(isClientGone: false)
        return exchange.record
    }

    /// Asks all questions of the world in a fixed random order, each once, and waits for what they teach.
    /// - Parameter tail: words in front, so that the questions are others than before.
    func askAll(_ head: String = "") async throws -> [ExchangeRecord] {
        var random = SeededGenerator(seed: 11)
        var records: [ExchangeRecord] = []
        let questions = Self.topics.flatMap { topic in Self.wordings.map { "\(head)\($0) \(topic)" } }
        for question in questions.shuffled(using: &random) {
            let before = labels.counts.all
            let record = await ask(question)
            records.append(record)
            // A candidate is compared with the answer that was fetched.
            guard record.outcome == .miss, record.confidence != nil else { continue }
            while labels.counts.all == before { try await Task.sleep(for: .milliseconds(1)) }
        }
        return records
    }
}

extension LabelTally {
    var all: Int { same + different + unsure }
}
