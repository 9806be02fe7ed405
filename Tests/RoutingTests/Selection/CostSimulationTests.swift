import GatewayCore
import Testing

@testable import Routing

/// What `auto` and `cheap` spend on a mix of known difficulty against sending everything to the strongest model. The
/// mix is of templates the complexity score was not fitted on.
@Suite("Cost by tiers")
struct CostSimulationTests {
    struct Outcome {
        var spent = 0
        var premium = 0
        /// By level: requests, and those whose first target is in the weakest tier.
        var requests = [0, 0, 0]
        var weak = [0, 0, 0]

        var share: Double { Double(spent) / Double(premium) }
        func weakShare(_ level: LabelledMix.Level) -> Double {
            Double(weak[level.rawValue]) / Double(max(1, requests[level.rawValue]))
        }
    }

    private func simulate(_ model: VirtualModel) throws -> Outcome {
        let selector = ModelSelector(model: model, estimator: TokenEstimator())
        var outcome = Outcome()
        for request in try LabelledMix.requests(3000, seed: 11, half: .held, levels: LabelledMix.usual) {
            let decision = selector.decide(SelectionInput(traits: request.traits))
            let choice = try #require(decision.groups.first?.first)
            let tokens = TokenUsage(promptTokens: choice.estimate.input, completionTokens: request.outputTokens)
            outcome.spent += try #require(choice.target.profile?.cost(of: tokens))
            outcome.premium += try #require(SelectionFixture.large.cost(of: tokens))
            outcome.requests[request.level.rawValue] += 1
            if choice.target.model == "small" { outcome.weak[request.level.rawValue] += 1 }
        }
        return outcome
    }

    @Test(
        "Spend falls by more than the promised 30 to 40 %, and few hard requests go to the weak model",
        arguments: [VirtualModel.Objective.balanced, .cost])
    func spend(objective: VirtualModel.Objective) throws {
        let outcome = try simulate(SelectionFixture.model(objective))
        let hard = outcome.weakShare(.hard)
        print(
            "\(objective): spend \(percent(outcome.share)) of premium; to the weak model hard \(percent(hard)), "
                + "medium \(percent(outcome.weakShare(.medium))), easy \(percent(outcome.weakShare(.easy)))")
        #expect(outcome.share < 0.7)
        #expect(hard < (objective == .cost ? 0.15 : 0.1))
        #expect(outcome.weakShare(.easy) > 0.6)
    }

    private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
}
