import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import Routing

@Suite("Replays of recorded choices")
struct RouteReplayTests {
    private typealias Fixture = SelectionFixture

    private func router(_ models: [String], strategy: RoutingStrategy = .priority) -> Router {
        var configuration = RoutingConfiguration()
        configuration.providers = [ProviderConfiguration(name: "p", baseURL: "http://p")]
        for (profile, quality) in [(Fixture.small, Float(0.5)), (Fixture.large, 0.9)] {
            var profile = profile
            profile.quality = quality
            configuration.models.set(profile)
        }
        var route = RouteConfiguration(
            model: "m", targets: models.map { TargetConfiguration(provider: "p", model: $0) })
        route.rule = RouteRule(strategy)
        configuration.routes = [route]
        return Router(configuration: configuration, health: HealthBoard(replica: "r"), limits: nil)
    }

    private func line(_ model: String, cost: Int, ms: Int, asked: String = "m") -> String {
        """
        {"id":"a","at":1,"route":"m","tenant":"acme","status":200,"attempts":[{"d":"p/\(model)","r":"ok"}],\
        "pt":1000,"ct":100,"cost":\(cost),"ms":\(ms),"decision":{"model":"\(asked)","candidates":[]}}
        """
    }

    @Test("Cost, latency and quality of both sides are those of the targets chosen")
    func comparison() throws {
        // 1,000 × 2.00 $ and 100 × 8.00 $ a million; 1,000 × 0.10 $ and 100 × 0.40 $.
        let (large, small) = (2_800_000, 140_000)
        let decisions = [
            line("large", cost: large, ms: 900), line("large", cost: large, ms: 700),
            line("small", cost: small, ms: 200),
        ].compactMap { RecordedDecision(line: $0) }
        #expect(decisions.count == 3)
        let replay = RouteReplay(decisions, router: router(["large", "small"], strategy: .cheapest()))
        #expect(replay.recorded.cost == 2 * large + small)
        #expect(replay.replayed.cost == 3 * small)
        // (2 × 800 + 200) ÷ 3, and the small one's own.
        #expect(replay.recorded.meanLatency == .milliseconds(600))
        #expect(replay.replayed.meanLatency == .milliseconds(200))
        #expect(abs((replay.recorded.meanQuality ?? 0) - (0.9 + 0.9 + 0.5) / 3) < 1e-6)
        #expect(replay.replayed.meanQuality == 0.5)
        #expect(replay.moved == 2)
        #expect(replay.choices == [DeploymentID("p/small"): 3])
    }

    @Test("Parts of tokens are read back as they were, and from damaged ones the two sums are")
    func parts() throws {
        func usage(_ parts: String) -> TokenUsage? {
            let line = line("large", cost: 1, ms: 1).replacing(#""pt":1000"#, with: #""parts":\#(parts),"pt":1000"#)
            return RecordedDecision(line: line)?.usage
        }
        #expect(usage("[1,2,3,4,5,6,7,8]")?.parts == [1, 2, 3, 4, 5, 6, 7, 8])
        let plain = TokenUsage(promptTokens: 1000, completionTokens: 100)
        for damaged in ["[]", "7", "[1,2]", #"[1,2,3,4,5,6,7,"8"]"#] { #expect(usage(damaged) == plain) }
    }

    @Test("Under the same configuration nothing moves")
    func same() {
        let decisions = [line("large", cost: 2_800_000, ms: 900)].compactMap { RecordedDecision(line: $0) }
        let replay = RouteReplay(decisions, router: router(["large"]))
        #expect(replay.recorded == replay.replayed)
        #expect(replay.moved == 0)
    }

    @Test("Turns go round in a replay as they did")
    func turns() {
        let decisions = (0..<10).compactMap { _ in RecordedDecision(line: line("large", cost: 1, ms: 1)) }
        let replay = RouteReplay(decisions, router: router(["large", "small"], strategy: .weighted))
        #expect(replay.choices.values.sorted() == [5, 5])
    }

    @Test("A request that no route takes counts as refused, and a target never called has no latency")
    func unknown() {
        let gone = [line("large", cost: 1, ms: 1, asked: "gone")].compactMap { RecordedDecision(line: $0) }
        let refused = RouteReplay(gone, router: router(["large"]))
        #expect(refused.replayed.refused == 1 && refused.replayed.requests == 0)
        let decisions = [line("large", cost: 1, ms: 1)].compactMap { RecordedDecision(line: $0) }
        #expect(RouteReplay(decisions, router: router(["small"])).replayed.meanLatency == nil)
    }

    @Test("A line that is none of ours is no decision", arguments: [
        "", "{", "[]", "{}", #"{"tenant":"a","attempts":[],"decision":{"model":"m"}}"#,
        #"{"tenant":"a","attempts":[{}],"decision":{"model":"m"}}"#, #"{"tenant":"a","attempts":3,"decision":{}}"#,
    ])
    func garbage(line: String) {
        #expect(RecordedDecision(line: line) == nil)
    }

    @Test("Traits read back as they were written, but for the words")
    func traits() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let traits = Self.traits(&generator)
            let record = try JSONDocument(JSONWriter.object { traits.write(into: &$0) }).root
            var read = try #require(RequestTraits(record: record), "seed \(seed)")
            #expect(abs(read.taskConfidence - traits.taskConfidence) < 0.0001)
            read.taskConfidence = traits.taskConfidence
            #expect(read == traits, "seed \(seed)")
        }
    }

    private static func traits(_ generator: inout SeededGenerator) -> RequestTraits {
        var traits = RequestTraits()
        func number(_ limit: Int = 100_000) -> Int { Int.random(in: 0...limit, using: &generator) }
        traits.needs = ModelCapabilities(rawValue: UInt16(number(1_023)))
        traits.maxTokens = Bool.random(using: &generator) ? number() : nil
        (traits.choices, traits.messageCount, traits.userTurns) = (1 + number(4), number(), number())
        traits.toolBytes = number()
        traits.text.system = ScriptBytes(latin: number(), cjk: number(), code: number())
        traits.text.user = ScriptBytes(latin: number(), cjk: number(), code: number())
        traits.text.assistant = ScriptBytes(latin: number(), cjk: number(), code: number())
        traits.text.tool = ScriptBytes(latin: number(), cjk: number(), code: number())
        traits.images = (0..<number(3)).map { index in
            index == 0 ? nil : ImageSize(width: 1 + number(5_000), height: 1 + number(5_000), isLowDetail: index == 1)
        }
        traits.language = Bool.random(using: &generator) ? "de" : nil
        traits.task = TaskType.allCases.randomElement(using: &generator) ?? .chat
        traits.taskConfidence = Float(number(1_000)) / 1_000
        (traits.signs.bytes, traits.signs.words, traits.signs.lines) = (number(), number(), number())
        (traits.signs.codeBytes, traits.signs.depth, traits.signs.smallTalk) = (number(), number(), number())
        (traits.stage.toolSteps, traits.stage.recentErrors, traits.stage.recentReads) = (number(), number(), number())
        traits.stage.endsWithToolResult = Bool.random(using: &generator)
        traits.metadata = Bool.random(using: &generator) ? ["team": "a\"b\n", "région": "é"] : [:]
        return traits
    }
}
