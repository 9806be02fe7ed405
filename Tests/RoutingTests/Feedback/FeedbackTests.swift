import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import Routing

@Suite("What is said of answers")
struct FeedbackTests {
    private func read(_ json: String) throws(GatewayError) -> Feedback {
        try Feedback(json: ByteBuffer(string: json))
    }

    @Test("A verdict is a score, but for one that says nothing of who answered")
    func verdicts() throws {
        let scores = try ["good", "wrong", "stale"].map { try read(#"{"request_id":"r","verdict":"\#($0)"}"#).score }
        #expect(scores == [1, 0, nil])
        #expect(try read(#"{"request_id":"r","score":0.25,"more":[]}"#).score == 0.25)
        #expect(try read(#"{"request_id":"r","score":1}"#).request == "r")
    }

    @Test("Anything else is refused with the field at fault", arguments: [
        ("{", nil), ("[]", nil), ("{}", "request_id"), (#"{"request_id":1,"verdict":"good"}"#, "request_id"),
        (#"{"request_id":"","verdict":"good"}"#, "request_id"), (#"{"request_id":"r"}"#, "verdict"),
        (#"{"request_id":"r","verdict":"fine"}"#, "verdict"), (#"{"request_id":"r","verdict":1}"#, "verdict"),
        (#"{"request_id":"r","score":1.5}"#, "score"), (#"{"request_id":"r","score":-0.1}"#, "score"),
        (#"{"request_id":"r","score":"1"}"#, "score"), (#"{"request_id":"r","verdict":"good","score":1}"#, "verdict"),
    ] as [(String, String?)])
    func refusals(json: String, parameter: String?) {
        #expect { try read(json) } throws: { error in
            let error = error as? GatewayError
            return error?.status == 400 && error?.parameter == parameter
        }
    }

    private func record(_ tenant: String = "acme", space: String = "s") -> FeedbackRecord {
        FeedbackRecord(
            tenant: TenantID(tenant), route: "m", deployment: DeploymentID("p/a"),
            choice: LearnedChoice(
                features: LearningFeatures([0.5, -0.25, 1]), space: space, chance: 0.125,
                among: []))
    }

    @Test("A record survives its bytes, and nothing else is read as one")
    func bytes() {
        let json = record().json
        #expect(FeedbackRecord(json: json) == record())
        for length in 0..<json.readableBytes {
            #expect(FeedbackRecord(json: json.getSlice(at: 0, length: length) ?? ByteBuffer()) == nil)
        }
        let changes = [
            (#""p":125000"#, #""p":0"#), (#""x":[5000,"#, #""x":["5000","#), (#""t":"acme""#, #""t":1"#),
        ]
        for (old, new) in changes {
            let damaged = String(buffer: json).replacing(old, with: new)
            #expect(damaged != String(buffer: json))
            #expect(FeedbackRecord(json: ByteBuffer(string: damaged)) == nil)
        }
    }

    @Test("The memory holds no more than its capacity, the newest, and forgets in time")
    func memory() {
        let start = ContinuousClock.now
        let clock = TestInstant(start)
        let memory = FeedbackMemory(FeedbackRules(life: .seconds(10), capacity: 3), now: { clock.now })
        #expect((0..<5).map { memory.insert(record(), of: "r\($0)") } == [nil, nil, nil, "r0", "r1"])
        #expect((0..<5).map { memory.recall("r\($0)") != nil } == [false, false, true, true, true])
        #expect(memory.markJudged("r4") && !memory.markJudged("r4"))
        #expect(!memory.markJudged("r0"))
        clock.now = start + .seconds(10)
        #expect(memory.recall("r4") == nil)
        // What is over need not be forgotten anywhere else.
        #expect(memory.insert(record(), of: "r5") == nil)
    }

    private func desk() -> (desk: FeedbackDesk, memory: FeedbackMemory, learner: RouteLearner?, router: Router) {
        var configuration = RoutingConfiguration()
        configuration.providers = [ProviderConfiguration(name: "p", baseURL: "http://p")]
        var route = RouteConfiguration(model: "m", targets: [TargetConfiguration(provider: "p", model: "a")])
        route.learning = LearningRule()
        configuration.routes = [route]
        let space = LearningSpace(encoder: EncoderIdentity(name: "e", fingerprint: "f", dimension: 4))
        let router = Router(
            configuration: configuration, health: HealthBoard(replica: "r"), limits: nil,
            learning: LearningPlace(space: space, replica: "r"))
        let memory = FeedbackMemory()
        return (FeedbackDesk(router: router, store: memory), memory, router.learners.first, router)
    }

    @Test("The first judgment of an answer teaches its target; a second one and a stale one teach nothing")
    func lessons() async throws {
        let (desk, memory, learner, _) = desk()
        let space = try #require(learner?.spaceName)
        for name in ["a", "b", "c"] { memory.keep(record(space: name == "c" ? "old" : space), of: name) }
        let acme = TenantID("acme")
        #expect(try await desk.take(read(#"{"request_id":"a","verdict":"good"}"#), from: acme).result == .learned)
        #expect(try await desk.take(read(#"{"request_id":"a","verdict":"wrong"}"#), from: acme).result == .repeated)
        #expect(try await desk.take(read(#"{"request_id":"b","verdict":"stale"}"#), from: acme).result == .noLesson)
        #expect(try await desk.take(read(#"{"request_id":"c","verdict":"good"}"#), from: acme).result == .noLesson)
        #expect(abs((learner?.weight(of: DeploymentID("p/a"), now: .now) ?? 0) - 1) < 1e-4)
    }

    @Test("Another tenant's answer is as unknown as none, and stays to be judged by its own")
    func foreign() async throws {
        let (desk, memory, learner, _) = desk()
        memory.keep(record(space: try #require(learner?.spaceName)), of: "a")
        for (id, tenant) in [("a", "other"), ("x", "acme")] {
            await #expect {
                try await desk.take(read(#"{"request_id":"\#(id)","score":0}"#), from: TenantID(tenant))
            } throws: { ($0 as? GatewayError)?.code == .notFound }
        }
        #expect(try await desk.take(read(#"{"request_id":"a","score":1}"#), from: TenantID("acme")).result == .learned)
    }

    private func served(_ principal: String? = "ann") -> ServedHit {
        ServedHit(
            entry: SampleEntries.id(1), partition: SampleEntries.partition(7),
            created: UnixTime(milliseconds: 1_700_000_000_123), question: SampleEntries.id(2), namespace: "w\"eb",
            principal: principal, similarity: 0.9125, lesson: HitLesson(bin: 95, group: .max - 1, cautions: .max))
    }

    @Test("A hit's record survives its bytes, and nothing else is read as one")
    func hitBytes() {
        let bare = ServedHit(
            entry: SampleEntries.id(1), partition: SampleEntries.partition(7), created: UnixTime(milliseconds: 5),
            question: nil)
        for hit in [served(), served(nil), bare] {
            let record = FeedbackRecord(tenant: TenantID("acme"), route: "m", hit: hit)
            let json = record.json
            #expect(FeedbackRecord(json: json) == record)
            for length in 0..<json.readableBytes {
                #expect(FeedbackRecord(json: json.getSlice(at: 0, length: length) ?? ByteBuffer()) == nil)
            }
        }
        let json = String(buffer: FeedbackRecord(tenant: TenantID("acme"), route: "m", hit: served()).json)
        for (old, new) in [(#""b":95"#, #""b":"95""#), (#""c":65535"#, #""c":65536"#), (#""q":""#, #""q":"0"#)] {
            let damaged = json.replacing(old, with: new)
            #expect(damaged != json)
            #expect(FeedbackRecord(json: ByteBuffer(string: damaged)) == nil)
        }
    }

    @Test("A hit's judgment is led to the cache, once; what the cache could not do may be said again")
    func hits() async throws {
        let memory = FeedbackMemory()
        let judge = ScriptedJudge()
        let desk = FeedbackDesk(router: self.desk().router, store: memory, hits: judge)
        let acme = TenantID("acme")
        for name in ["a", "b"] { memory.keep(FeedbackRecord(tenant: acme, route: "m", hit: served()), of: name) }
        judge.isAway = true
        await #expect { try await desk.take(read(#"{"request_id":"a","verdict":"wrong"}"#), from: acme) } throws: {
            ($0 as? GatewayError)?.code == .overloaded
        }
        judge.isAway = false
        let receipt = try await desk.take(read(#"{"request_id":"a","verdict":"wrong"}"#), from: acme)
        #expect(receipt.result == .vetoed && receipt.route == "m" && receipt.score == nil)
        #expect(try await desk.take(read(#"{"request_id":"a","verdict":"good"}"#), from: acme).result == .repeated)
        #expect(try await desk.take(read(#"{"request_id":"b","score":0}"#), from: acme).result == .noLesson)
        #expect(judge.heard == [.wrong, .wrong])
    }

    @Test("A user judges only so many hits in an hour; another one's hour is its own")
    func bounded() async throws {
        let clock = TestInstant(.now)
        let rules = FeedbackRules(life: .seconds(9_000), capacity: 16, hitJudgments: 2)
        let memory = FeedbackMemory(rules, now: { clock.now })
        let judge = ScriptedJudge()
        let desk = FeedbackDesk(router: self.desk().router, store: memory, hits: judge)
        let acme = TenantID("acme")
        func take(_ name: String, by user: String?) async throws -> FeedbackResult {
            memory.keep(FeedbackRecord(tenant: acme, route: "m", hit: served(user)), of: name)
            return try await desk.take(read(#"{"request_id":"\#(name)","verdict":"wrong"}"#), from: acme).result
        }
        #expect(try await take("a", by: "ann") == .vetoed)
        #expect(try await take("b", by: "ann") == .vetoed)
        #expect(try await take("c", by: "ann") == .capped)
        #expect(try await take("d", by: "bob") == .vetoed)
        #expect(try await take("e", by: nil) == .vetoed)
        clock.now += .seconds(3_600)
        // What was too much then was not judged yet.
        #expect(try await take("c", by: "ann") == .vetoed)
    }
}

/// Calls every hit vetoed, unless it is away.
private final class ScriptedJudge: HitJudge {
    private struct State {
        var isAway = false
        var heard: [Feedback.Verdict] = []
    }

    private let state = NIOLockedValueBox(State())

    var isAway: Bool {
        get { state.withLockedValue { $0.isAway } }
        set { state.withLockedValue { $0.isAway = newValue } }
    }

    var heard: [Feedback.Verdict] { state.withLockedValue { $0.heard } }

    func judge(
        _ hit: ServedHit, as verdict: Feedback.Verdict, on route: String, of tenant: TenantID
    ) async throws(GatewayError) -> FeedbackResult {
        let isAway = state.withLockedValue { state in
            state.heard.append(verdict)
            return state.isAway
        }
        if isAway { throw GatewayError(.overloaded, "as told") }
        return .vetoed
    }
}
