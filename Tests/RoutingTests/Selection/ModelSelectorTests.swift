import GatewayCore
import Testing

@testable import Routing

@Suite("The choice of a virtual model")
struct ModelSelectorTests {
    private typealias Fixture = SelectionFixture

    private func input(_ text: String, more: String = "", held: HeldTier? = nil) throws -> SelectionInput {
        SelectionInput(traits: try LabelledMix.traits(of: LabelledMix.body(text, more: more)), held: held)
    }

    private func tiers(_ decision: SelectionDecision) -> [[String]] {
        decision.groups.map { $0.map(\.target.model) }
    }

    @Test("An easy question goes to the weakest tier and a hard one to the strongest, each with the others behind it")
    func complexity() throws {
        let easy = Fixture.decide(Fixture.model(), try input(Fixture.easyText))
        #expect(tiers(easy) == [["small"], ["middle"], ["large"]])
        #expect(easy.explanation.stage == .complexity)
        let hard = Fixture.decide(Fixture.model(), try input(Fixture.hardText))
        #expect(tiers(hard) == [["large"], ["middle"], ["small"]])
        #expect(hard.explanation.stage == .complexity)
        #expect(hard.explanation.complexity > easy.explanation.complexity + 0.5)
    }

    @Test("A score near a border decides nothing: the default does")
    func abstains() throws {
        let score = ComplexityScore.score(try input(Fixture.easyText).traits)
        let model = Fixture.model { $0.thresholds = [score + 0.001, 0.99] }
        let decision = Fixture.decide(model, try input(Fixture.easyText))
        #expect(decision.explanation.stage == .byDefault)
        #expect(decision.explanation.tier == "middle")
        #expect(decision.explanation.confidence == 0)
        let sure = Fixture.decide(Fixture.model { $0.thresholds = [score + 0.3, 0.99] }, try input(Fixture.easyText))
        #expect(sure.explanation.stage == .complexity)
    }

    @Test("The first rule that is met decides before everything else")
    func rules() throws {
        var byKeyword = SelectionRule(name: "capitals", tier: "large")
        byKeyword.keywords = ["capital", "metropol*"]
        var byTask = SelectionRule(name: "questions", tier: "middle")
        byTask.tasks = [.question]
        let model = Fixture.model { $0.rules = [byKeyword, byTask] }
        let named = Fixture.decide(model, try input(Fixture.easyText))
        #expect(named.explanation.stage == .rule)
        #expect(named.explanation.reason == "capitals")
        #expect(named.explanation.tier == "large")
        let other = Fixture.decide(model, try input("Who was the first on the moon?"))
        #expect(other.explanation.reason == "questions")
        let none = Fixture.decide(model, try input("Capitalism in one word, please"))
        #expect(none.explanation.stage != .rule)
    }

    @Test("A semantic route decides when it is near and clear; without a vector it is not asked")
    func semantic() throws {
        let model = Fixture.model {
            $0.semanticRoutes = [
                SemanticRoute(name: "law", tier: "large", examples: [EmbeddingVector(unit: [1, 0])], threshold: 0.8),
                SemanticRoute(name: "faq", tier: "small", examples: [EmbeddingVector(unit: [0, 1])], threshold: 0.8),
            ]
        }
        var request = try input(Fixture.easyText)
        #expect(Fixture.decide(model, request).explanation.semantic == nil)
        request.embedding = EmbeddingVector(unit: [0.96, 0.28])
        let decision = Fixture.decide(model, request)
        #expect(decision.explanation.stage == .semantic)
        #expect(decision.explanation.reason == "law")
        #expect(decision.explanation.tier == "large")
        request.embedding = EmbeddingVector(unit: [0.7071, 0.7071])
        let unclear = Fixture.decide(model, request)
        #expect(unclear.explanation.stage == .complexity)
        #expect(unclear.explanation.semantic != nil)
    }

    @Test("A session keeps its tier, and leaves it only for a stronger one when complexity has risen")
    func sticky() throws {
        let model = Fixture.model()
        let first = Fixture.decide(model, try input(Fixture.hardText))
        let held = try #require(first.held)
        #expect(held.tier == "large")
        let second = Fixture.decide(model, try input(Fixture.easyText, held: held))
        #expect(second.explanation.stage == .session)
        #expect(second.explanation.tier == "large")
        #expect(second.held == held)
        let low = try #require(Fixture.decide(model, try input(Fixture.easyText)).held)
        let risen = Fixture.decide(model, try input(Fixture.hardText, held: low))
        #expect(risen.explanation.stage == .complexity)
        #expect(risen.explanation.tier == "large")
        #expect(risen.held == first.held)
        let almost = HeldTier(tier: "small", complexity: first.explanation.complexity - 0.05)
        #expect(Fixture.decide(model, try input(Fixture.hardText, held: almost)).explanation.stage == .session)
        let gone = HeldTier(tier: "no such tier", complexity: 0)
        #expect(Fixture.decide(model, try input(Fixture.hardText, held: gone)).explanation.stage == .complexity)
    }

    @Test("The cheapest comes first among the tiers that are strong enough, and what costs nobody knows how much comes last")
    func cost() throws {
        let unknown = Fixture.profile("unknown", nil)
        let bargain = Fixture.profile("bargain", Fixture.prices("0.01", "0.01"))
        let model = Fixture.model(.cost) {
            $0.tiers[1].targets.insert(Fixture.target(unknown), at: 0)
            $0.tiers[2].targets.append(Fixture.target(bargain))
        }
        let easy = Fixture.decide(model, try input(Fixture.easyText))
        #expect(tiers(easy) == [["bargain", "small", "middle", "large", "unknown"]])
        let hard = Fixture.decide(model, try input(Fixture.hardText))
        #expect(tiers(hard) == [["bargain", "large"], ["small", "middle", "unknown"]])
    }

    @Test("A tier without a compliant target gives way to the stronger, then to the weaker, and the explanation says so")
    func gap() throws {
        let model = Fixture.model { $0.tiers[0].targets[0].profile?.contextTokens = 10 }
        let decision = Fixture.decide(model, try input(Fixture.easyText))
        #expect(tiers(decision) == [["middle"], ["large"]])
        #expect(decision.explanation.wantedTier == "small")
        #expect(decision.explanation.tier == "middle")
        #expect(decision.explanation.candidates.first?.rejection?.code == "context_length")
        #expect(decision.explanation.candidates.dropFirst().allSatisfy { $0.rejection == nil })
    }

    @Test("Without a compliant target there is a refusal that names the rules, and no target")
    func refusal() throws {
        var request = try input(Fixture.easyText)
        request.constraints.jurisdictions = ["eu"]
        let model = Fixture.model { $0.tiers[0].targets[0].profile?.capabilities = [] }
        request.traits.needs = .tools
        let decision = Fixture.decide(model, request)
        #expect(decision.groups.isEmpty)
        #expect(decision.held == nil)
        #expect(decision.explanation.stage == .none)
        let rejections = decision.explanation.candidates.compactMap(\.rejection)
        let error = GatewayError.noCompliantTarget(rejections, model: "auto")
        #expect(error.code == .noCompliantTarget)
        #expect(error.status == 403)
        #expect(error.message
            == "none of the 3 targets of 'auto' may take this request (capabilities, jurisdiction)")
    }

    @Test("No choice ever goes to a target that a filter rejected, whatever the request", arguments: [
        VirtualModel.Objective.balanced, .cost, .latency,
    ])
    func neverRejected(objective: VirtualModel.Objective) throws {
        var generator = MixGenerator(seed: 31)
        let requests = try LabelledMix.requests(300, seed: 32, half: .held, levels: LabelledMix.even)
        for request in requests {
            let model = Fixture.model(objective) { model in
                for tier in model.tiers.indices {
                    let law = ["eu", "us", nil][Int.random(in: 0..<3, using: &generator)]
                    model.tiers[tier].targets[0].profile?.jurisdiction = law
                    model.tiers[tier].targets[0].profile?.contextTokens = Int.random(in: 100...3000, using: &generator)
                }
            }
            var input = SelectionInput(traits: request.traits)
            if Bool.random(using: &generator) { input.constraints.jurisdictions = ["eu"] }
            let decision = Fixture.decide(model, input)
            let chosen = decision.groups.joined().map(\.target.deployment)
            let allowed = decision.explanation.candidates.filter { $0.rejection == nil }.map(\.deployment)
            #expect(Set(chosen) == Set(allowed))
            #expect(chosen.count == allowed.count)
        }
    }

    @Test("Names of tiers that do not exist are told, and decide nothing")
    func unknownTiers() throws {
        var rule = SelectionRule(name: "r", tier: "huge")
        rule.hasCode = false
        let model = Fixture.model {
            $0.rules = [rule]
            $0.defaultTier = "none"
        }
        #expect(model.unknownTiers == ["huge", "none"])
        #expect(Fixture.model().unknownTiers.isEmpty)
        #expect(Fixture.decide(model, try input(Fixture.easyText)).explanation.stage == .complexity)
    }
}
