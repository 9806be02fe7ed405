import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import RequestAnalysis
import Routing
import SemanticCache
import Telemetry
import Testing

@testable import Pipeline

@Suite("Looking into stored answers", .timeLimit(.minutes(1)))
struct AuditDeskTests {
    /// A desk over a pipeline whose provider is the judge, and what it has learned.
    private struct Audited {
        let desk: AuditDesk
        let purse: AuditPurseMemory
        let stored: StoredEntry
        let fixture: PipelineFixture
        let asked: NIOLockedValueBox<[[UInt8]]>
        let learned: NIOLockedValueBox<[Bool]>

        /// What the judge was asked.
        var bodies: [[UInt8]] { asked.withLockedValue { $0 } }

        var place: CachePlace { CachePlace(partition: stored.partition, entry: SampleEntries.id(77)) }

        func subject(labels: [String: String] = [:], tenant: String = "acme") -> AuditSubject {
            AuditSubject(
                request: RequestID(), tenant: TenantID(tenant), labels: labels, question: "5 how old is the moon",
                place: place, vector: nil, cacheLabels: CacheLabels(tenant: TenantID(tenant)),
                generation: CacheGeneration(1))
        }

        func hit() -> CacheHit {
            CacheHit(
                outcome: .hitSemantic, entry: stored.id, answer: stored.answer, model: nil, usage: nil, age: .zero,
                similarity: 0.91)
        }

        /// Of the decision to serve it.
        func ticket(group: UInt64 = 1) -> DecisionTicket? {
            let served = ServedHit(
                entry: stored.id, partition: stored.partition, created: stored.created, question: place.entry,
                lesson: HitLesson(bin: 40, group: group, cautions: 0))
            return DecisionTicket(of: served, in: DecisionSpace(CacheLabels(tenant: TenantID("acme")), route: "m"))
        }

        /// Hands a hit over, and waits until the count of an outcome is there.
        func look(
            _ outcome: AuditOutcome, labels: [String: String] = [:], tenant: String = "acme",
            ticket: DecisionTicket? = nil, count: Int = 1
        ) async {
            await desk.served(hit(), in: stored.partition, ticket: ticket) { subject(labels: labels, tenant: tenant) }
            await wait(#"refrain_cache_audits_total{of="hit",outcome="\#(outcome.rawValue)"} \#(count)"#)
        }

        /// Sends a request by a pipeline whose hits come here.
        func ask(
            _ question: String, more: String = "", cacheControl: [String] = [],
            _ change: (inout CallerHeaders) -> Void = { _ in }
        ) async -> CacheOutcome? {
            let old = fixture.pipeline
            let pipeline = Pipeline(
                directory: old.directory, analyzer: old.analyzer, cache: old.cache, router: old.router,
                upstream: old.upstream, writer: old.writer, recorder: old.recorder, audits: desk)
            var headers = CallerHeaders()
            headers.cacheControl = cacheControl
            change(&headers)
            let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient())
            let reply = await pipeline.respond(
                to: ByteBuffer(string: PipelineFixture.body(question, more: more)), headers: headers,
                scope: CacheScope(tenant: TenantID("acme")), exchange: exchange)
            _ = await reply.text()
            await exchange.finish(isClientGone: false)
            return exchange.record.outcome
        }

        func wait(_ line: String) async {
            while !fixture.exposition.contains(line), !Task.isCancelled { await Task.yield() }
        }
    }

    private static func reply(_ text: String) -> String {
        PipelineFixture.answer.replacing(#""content":"hi""#, with: #""content":"\#(text)""#)
    }

    private func run(
        reply: String = reply("yes"), change: (inout AuditRules) -> Void = { _ in },
        _ body: (Audited) async throws -> Void
    ) async throws {
        let asked = NIOLockedValueBox<[[UInt8]]>([])
        let script: ScriptedServer.Script = { exchange in
            asked.withLockedValue { $0.append(exchange.request.body) }
            try await exchange.respond(body: reply)
        }
        try await PipelineFixture.run(script: script) { fixture in
            var rules = AuditRules()
            rules.model = "m"
            rules.rate = 1
            change(&rules)
            let created = UnixTime.now()
            let stored = StoredEntry(
                id: SampleEntries.id(1), partition: SampleEntries.partition(1), question: "What is number 1?",
                answer: ByteBuffer(string: Self.reply("Four and a half billion years.")), model: nil, usage: nil,
                created: created, expires: created + .seconds(60), vector: nil,
                labels: EntryLabels(CacheLabels(tenant: TenantID("acme"))))
            try await fixture.store.base.save(stored)
            let purse = AuditPurseMemory()
            let learned = NIOLockedValueBox<[Bool]>([])
            let desk = AuditDesk(
                rules: rules, analyzer: fixture.pipeline.analyzer, router: fixture.pipeline.router,
                upstream: fixture.pipeline.upstream, store: fixture.store, questions: fixture.store.base,
                purse: purse,
                lessons: AuditLessons(
                    aliases: fixture.store.base, recorder: fixture.pipeline.recorder,
                    learn: { _, isRight, _ in learned.withLockedValue { $0.append(isRight) } }),
                accusations: fixture.store.base)
            let running = Task { await desk.run() }
            defer { running.cancel() }
            try await body(
                Audited(desk: desk, purse: purse, stored: stored, fixture: fixture, asked: asked, learned: learned))
        }
    }

    @Test("The judge gets both questions and the answer, and its word is counted and paid for")
    func judged() async throws {
        try await run { audited in
            await audited.look(.rightByJudge)
            let body = try #require(audited.bodies.last)
            let message = try #require(JSONDocument(ByteBuffer(bytes: body)).root["messages"]?.elements.map { $0 }.last)
            let content = try #require(message["content"]?.string)
            #expect(content.contains(#""asked":"5 how old is the moon""#))
            #expect(content.contains(#""stored":"What is number 1?""#))
            #expect(content.contains(#""answer":"Four and a half billion years.""#))
            // Three and four tokens at the assumed price, as no price is known.
            while audited.purse.spent != 7 * JudgeCall.assumedPrice, !Task.isCancelled { await Task.yield() }
            let line = #"refrain_requests_total{outcome="none",route="m",status_class="2xx"} 1"#
            #expect(audited.fixture.exposition.contains(line))
        }
    }

    @Test(
        "A no and a doubt are told apart in the count; what is no verdict, and a provider that fails, teach nothing",
        arguments: [
            (reply("no"), AuditOutcome.wrong), (reply("unsure"), .unsure), (reply("trains"), .unreadable),
            (#"{"nothing":"to read"}"#, .failed),
        ])
    func verdicts(reply: String, outcome: AuditOutcome) async throws {
        try await run(reply: reply) { await $0.look(outcome) }
    }

    @Test("When the day's money is spent nobody is asked")
    func budget() async throws {
        try await run(change: { $0.dailyBudget = 1 }) { audited in
            await audited.look(.budget)
            #expect(audited.bodies.isEmpty && audited.purse.spent == 0)
        }
    }

    @Test("Where the request's labels or its tenant leave no model, nobody is asked and no money is spent")
    func forbidden() async throws {
        try await run { audited in
            await audited.look(.forbidden, labels: ["sensitivity": "restricted"])
            #expect(audited.bodies.isEmpty && audited.purse.spent == 0)
        }
    }

    @Test("An entry that is gone is not looked into, and without a judge a hit is not")
    func nothingToAsk() async throws {
        try await run { audited in
            try await audited.fixture.store.delete(audited.stored.id, in: audited.stored.partition)
            await audited.look(.gone)
            #expect(audited.bodies.isEmpty)
        }
        try await run(change: { $0.model = nil }) { await $0.look(.noJudge) }
    }

    @Test("What must not be looked into is not: a hit without a subject is left out")
    func noSubject() async throws {
        try await run { audited in
            await audited.desk.served(audited.hit(), in: audited.stored.partition, ticket: nil) { nil }
            await audited.look(.rightByJudge)
            #expect(audited.bodies.count == 1)
        }
    }

    @Test("What the judge finds right becomes another name of the entry, if the operator says so; what it refuses not",
          arguments: [(reply("yes"), true, true), (reply("yes"), false, false), (reply("no"), true, false)])
    func promotes(reply: String, promotes: Bool, isMade: Bool) async throws {
        try await run(reply: reply, change: { $0.promotes = promotes }) { audited in
            await audited.look(reply == Self.reply("yes") ? .rightByJudge : .wrong)
            if isMade { await audited.wait(#"refrain_cache_promotions_total{result="made"} 1"#) }
            let found = try await audited.fixture.store.base.load(
                audited.place.entry, in: audited.place.partition, of: TenantID("acme"))
            #expect(found?.id == (isMade ? audited.stored.id : nil))
        }
    }

    @Test("Where questions are not kept, an alias holds features and the record no texts; nor of encrypted tenants")
    func texts() async throws {
        try await PipelineFixture.run { fixture in
            let stored = StoredEntry(
                id: SampleEntries.id(1), partition: SampleEntries.partition(1), question: "What is number 1?",
                answer: ByteBuffer(string: Self.reply("x")), model: nil, usage: nil, created: .now(),
                expires: .now() + .seconds(60), vector: nil,
                labels: EntryLabels(CacheLabels(tenant: TenantID("acme"))))
            try await fixture.store.base.save(stored)
            for (storesPrompts, isSealed) in [(true, false), (false, false), (true, true)] {
                let lines = NIOLockedValueBox<[String]>([])
                let recorder = Recorder(
                    instruments: Instruments(factory: PrometheusRegistry()), logger: fixture.lines.logger,
                    lookups: LookupSampling(share: 1) { line in
                        lines.withLockedValue { $0.append(String(buffer: line)) }
                    })
                let lessons = AuditLessons(
                    aliases: fixture.store.base, recorder: recorder, storesPrompts: storesPrompts,
                    isSealed: { _ in isSealed }) { _, _, _ in }
                let subject = AuditSubject(
                    request: RequestID(), tenant: TenantID("acme"), labels: [:], question: "the question asked",
                    place: CachePlace(partition: stored.partition, entry: SampleEntries.id(9)), vector: nil,
                    cacheLabels: CacheLabels(tenant: TenantID("acme")), generation: CacheGeneration(1))
                let item = AuditCase(
                    kind: .hit, subject: subject, entry: stored.id, partition: stored.partition, answer: 1, share: 1,
                    ticket: nil)
                let wrong = AuditFinding(.wrong, of: stored, to: "the question stored", cost: 0)
                await lessons.keep(wrong, of: item, promotes: true)
                let isShown = storesPrompts && !isSealed
                #expect(lines.withLockedValue { $0 }.joined().contains("the question asked") == isShown)
                let right = AuditFinding(.rightByJudge, of: stored, to: nil, cost: 0)
                await lessons.keep(right, of: item, promotes: true)
                let place = (SampleEntries.id(9), stored.partition)
                let questions = try await fixture.store.base.questions(of: [place])
                #expect(questions == [storesPrompts ? "the question asked" : nil])
            }
        }
    }

    @Test("What was not served and is right becomes a name, too, with its asker's labels, if purges were known then",
          arguments: [true, false])
    func misses(isKnown: Bool) async throws {
        try await PipelineFixture.run { fixture in
            let stored = StoredEntry(
                id: SampleEntries.id(1), partition: SampleEntries.partition(1), question: "What is number 1?",
                answer: ByteBuffer(string: Self.reply("x")), model: nil, usage: nil, created: .now(),
                expires: .now() + .seconds(60), vector: nil,
                labels: EntryLabels(CacheLabels(tenant: TenantID("acme"))))
            try await fixture.store.base.save(stored)
            let lessons = AuditLessons(
                aliases: fixture.store.base, recorder: fixture.pipeline.recorder) { _, _, _ in }
            let asker = CacheLabels(tenant: TenantID("acme"), principal: "ann")
            let subject = AuditSubject(
                request: RequestID(), tenant: TenantID("acme"), labels: [:], question: "the question asked",
                place: CachePlace(partition: stored.partition, entry: SampleEntries.id(9)), vector: nil,
                cacheLabels: asker, generation: isKnown ? CacheGeneration(1) : nil)
            let item = AuditCase(
                kind: .miss, subject: subject, entry: stored.id, partition: stored.partition, answer: 1, share: 1,
                ticket: nil)
            await lessons.keep(
                AuditFinding(.rightByLikeness, of: stored, to: nil, cost: 0), of: item, promotes: true)
            let origin = try await fixture.store.base.entry(SampleEntries.id(9))?.alias
            #expect(origin == (isKnown ? AliasOrigin(
                entry: stored.id, provenance: "right_likeness", labels: EntryLabels(asker),
                generation: CacheGeneration(1)) : nil))
        }
    }

    @Test("A similar question's hit is looked into on the way of requests, if its caller lets its answer be stored")
    func served() async throws {
        try await run { audited in
            #expect(await audited.ask("0 how do I begin?") == .miss)
            #expect(await audited.ask("0 how shall I begin", cacheControl: ["no-store"]) == .hitSemantic)
            #expect(await audited.ask("0 how do I begin?") == .hitExact)
            #expect(await audited.ask("0 how can I begin") == .hitSemantic)
            await audited.wait(#"refrain_cache_audits_total{of="hit",outcome="right_judge"} 1"#)
            // The miss, and one question to the judge.
            #expect(audited.bodies.count == 2)
            let asked = try #require(audited.bodies.last)
            #expect(String(decoding: asked, as: UTF8.self).contains("0 how can I begin"))
        }
    }

    @Test("What is a person's own is looked into where its answer was found, and of nobody known not at all")
    func persons() async throws {
        try await run { audited in
            let question = "0 where is my order"
            let analyzer = audited.fixture.pipeline.analyzer
            let request = try analyzer.analyze(
                try analyzer.parse(ByteBuffer(string: PipelineFixture.body(question))), headers: CallerHeaders(),
                scope: CacheScope(tenant: TenantID("acme")), modelClass: "m", policy: .prepared)
            let wall = try #require(request.place).partition
            let created = UnixTime.now()
            let vector = EntryVector(
                encoder: audited.fixture.encoder.identity, embedding: FakeEncoder.vector(question))
            try await audited.fixture.store.save(
                StoredEntry(
                    id: SampleEntries.id(5), partition: wall, question: question, answer: audited.stored.answer,
                    model: nil, usage: nil, created: created, expires: created + .seconds(60), vector: vector,
                    labels: EntryLabels(CacheLabels(tenant: TenantID("acme"), model: "m"))))
            #expect(await audited.ask(question) == .hitSemantic)
            #expect(await audited.ask(question, more: #","user":"ann""#) == .hitSemantic)
            // Of the entry behind the wall of all: behind ann's own there is none.
            await audited.wait(#"refrain_cache_audits_total{of="hit",outcome="right_judge"} 1"#)
            #expect(audited.bodies.count == 1)
            #expect(await audited.ask(question, more: #","user":"ann""#) == .hitSemantic, "it has no other name")
        }
    }

    @Test("An answer under another name is an outcome of its own and looked into; who asks for more gets none")
    func aliases() async throws {
        try await run { audited in
            let question = "60 where do I begin"
            let analyzer = audited.fixture.pipeline.analyzer
            let request = try analyzer.analyze(
                try analyzer.parse(ByteBuffer(string: PipelineFixture.body(question))), headers: CallerHeaders(),
                scope: CacheScope(tenant: TenantID("acme")), modelClass: "m", policy: .prepared)
            let place = try #require(request.place)
            let created = UnixTime.now()
            try await audited.fixture.store.save(
                StoredEntry(
                    id: SampleEntries.id(5), partition: place.partition, question: "0 how do I begin?",
                    answer: audited.stored.answer, model: nil, usage: nil, created: created,
                    expires: created + .seconds(60), vector: nil,
                    labels: EntryLabels(CacheLabels(tenant: TenantID("acme"), model: "m"))))
            let alias = EntryAlias(
                id: place.entry, partition: place.partition, question: question, vector: nil,
                entry: SampleEntries.id(5), entryCreated: created, provenance: "right_judge")
            #expect(try await audited.fixture.store.base.promote(alias, of: TenantID("acme")))
            let strict: [(inout CallerHeaders) -> Void] = [
                { $0.cacheMode = "exact" }, { $0.cacheThreshold = "0.95" }, { $0.maxWrongHits = "0.1%" },
            ]
            for change in strict {
                #expect(await audited.ask(question, cacheControl: ["no-store"], change) == .miss)
            }
            #expect(await audited.ask(question) == .hitAlias)
            await audited.wait(#"refrain_cache_audits_total{of="hit",outcome="right_judge"} 1"#)
        }
    }

    @Test("A pair is judged once, and its verdict counts as often as it is drawn, until its answer is another one",
          arguments: [true, false])
    func once(isRight: Bool) async throws {
        try await run(reply: Self.reply(isRight ? "yes" : "no")) { audited in
            let outcome: AuditOutcome = isRight ? .rightByJudge : .wrong
            await audited.look(outcome, ticket: audited.ticket())
            while audited.learned.withLockedValue({ $0.isEmpty }), !Task.isCancelled { await Task.yield() }
            await audited.look(.known, ticket: audited.ticket())
            while audited.learned.withLockedValue({ $0.count }) < 2, !Task.isCancelled { await Task.yield() }
            #expect(audited.bodies.count == 1)
            #expect(audited.learned.withLockedValue { $0 } == [isRight, isRight])
            await audited.look(outcome, ticket: audited.ticket(group: 2), count: 2)
            #expect(audited.bodies.count == 2)
        }
    }

    @Test("What a judge finds wrong is kept from the question that got it; what it is not sure of is not",
          arguments: [("no", true), ("unsure", false)])
    func kept(word: String, isKept: Bool) async throws {
        try await run(reply: Self.reply(word)) { audited in
            await audited.look(isKept ? .wrong : .unsure, ticket: audited.ticket())
            while audited.learned.withLockedValue({ $0.isEmpty }), !Task.isCancelled { await Task.yield() }
            var vetoes: [EntryID] = []
            repeat {
                await Task.yield()
                vetoes = try await audited.fixture.store.base.load(
                    audited.stored.id, in: audited.stored.partition, of: TenantID("acme"))?.vetoes ?? []
            } while isKept && vetoes.isEmpty && !Task.isCancelled
            #expect(vetoes == (isKept ? [audited.place.entry] : []))
        }
    }

    @Test("With no room in the queue cases are left out and counted; the request does not wait")
    func full() async throws {
        try await PipelineFixture.run { fixture in
            var rules = AuditRules()
            rules.rate = 1
            rules.queueLimit = 2
            // Nobody takes from this one.
            let desk = AuditDesk(
                rules: rules, analyzer: fixture.pipeline.analyzer, router: fixture.pipeline.router,
                upstream: fixture.pipeline.upstream, store: fixture.store, questions: fixture.store.base,
                purse: AuditPurseMemory(),
                lessons: AuditLessons(aliases: fixture.store.base, recorder: fixture.pipeline.recorder) { _, _, _ in },
                accusations: fixture.store.base)
            for number in 0..<5 {
                let hit = CacheHit(
                    outcome: .hitSemantic, entry: SampleEntries.id(number), answer: ByteBuffer(), model: nil,
                    usage: nil, age: .zero, similarity: 0.9)
                await desk.served(hit, in: SampleEntries.partition(1), ticket: nil) {
                    AuditSubject(
                        request: RequestID(), tenant: .open, labels: [:], question: "q",
                        place: CachePlace(partition: SampleEntries.partition(1), entry: SampleEntries.id(99)),
                        vector: nil, cacheLabels: CacheLabels(), generation: nil)
                }
            }
            #expect(fixture.exposition.contains(#"refrain_cache_audits_total{of="hit",outcome="queue_full"} 3"#))
        }
    }
}
