import GatewayCore
import Testing

@testable import Routing

@Suite("Steps of an agent's loop")
struct StageScoreTests {
    private func score(
        steps: Int, errors: Int = 0, repeats: Int = 0, writes: Int = 0, reads: Int = 0, ends: Bool = true
    ) -> StageScore? {
        var traits = RequestTraits()
        traits.stage.toolSteps = steps
        traits.stage.endsWithToolResult = ends
        traits.stage.recentErrors = errors
        traits.stage.recentRepeats = repeats
        traits.stage.recentWrites = writes
        traits.stage.recentReads = reads
        return StageScore(traits)
    }

    @Test("A request that asks something new is no step")
    func planning() {
        #expect(score(steps: 3, ends: false) == nil)
        #expect(score(steps: 0) == nil)
    }

    @Test("What goes well is carried out by the efficient tier, what is stuck goes to the strong one")
    func decided() throws {
        let writing = try #require(score(steps: 4, writes: 2))
        #expect(!writing.wantsStrong && writing.confidence >= StageScore.bar)
        let failing = try #require(score(steps: 4, errors: 2))
        #expect(failing.wantsStrong && failing.confidence >= StageScore.bar)
        let spinning = try #require(score(steps: 4, repeats: 2, reads: 2))
        #expect(spinning.wantsStrong && spinning.confidence >= StageScore.bar)
    }

    @Test("The first step and mixed signs decide nothing")
    func abstains() throws {
        for step in [score(steps: 1, reads: 1), score(steps: 3, errors: 1, writes: 1), score(steps: 3, reads: 3)] {
            #expect(try #require(step).confidence < StageScore.bar)
        }
    }

    @Test("An agent's step goes by its stage and leaves the session where it is; its old question is not judged again")
    func selection() throws {
        func body(_ results: [String]) -> String {
            let steps = results.enumerated().map { index, result in
                #",{"role":"assistant","tool_calls":[{"id":"c\#(index)","function":{"name":"edit_file","arguments":"{\"n\":\#(index)}"}}]}"#
                    + #",{"role":"tool","tool_call_id":"c\#(index)","content":"\#(result)"}"#
            }
            let hard = SelectionFixture.hardText.split(separator: "\n").joined(separator: " ")
            return #"{"model":"auto","messages":[{"role":"user","content":"\#(hard)"}\#(steps.joined())]}"#
        }
        let model = SelectionFixture.model()
        let held = HeldTier(tier: "middle", complexity: 0.5)
        let fine = SelectionFixture.decide(
            model, SelectionInput(traits: try LabelledMix.traits(of: body(["ok", "ok"])), held: held))
        #expect(fine.explanation.stage == .agent)
        #expect(fine.explanation.tier == "small")
        #expect(fine.held == held)
        let failures = try LabelledMix.traits(of: body(["ok", "Error: x", "Traceback", "failed"]))
        let stuck = SelectionFixture.decide(model, SelectionInput(traits: failures, held: held))
        #expect(stuck.explanation.tier == "large")
        let first = SelectionFixture.decide(model, SelectionInput(traits: try LabelledMix.traits(of: body(["ok"]))))
        #expect(first.explanation.stage == .byDefault)
    }
}
