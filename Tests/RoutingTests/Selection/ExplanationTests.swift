import GatewayCore
import NIOCore
import Testing

@testable import Routing

@Suite("Explanations")
struct ExplanationTests {
    private let explanation = Explanation(
        model: "auto \"x\"", stage: .semantic, wantedTier: "small", tier: "large", confidence: 0.875, reason: "law",
        complexity: 0.25, task: .analysis,
        semantic: SemanticMatch(route: "law", tier: "small", cosine: 0.9, margin: -0.05), agent: nil,
        candidates: [
            Explanation.Candidate(
                deployment: DeploymentID("p/small"), tier: "small",
                rejection: .contextLength(needed: 20, window: 10), inputTokens: 12, outputTokens: 8, cost: nil),
            Explanation.Candidate(
                deployment: DeploymentID("p/large"), tier: "large", rejection: nil, inputTokens: 12, outputTokens: 8,
                cost: 88_000),
        ])

    @Test("As JSON it says who decided, how surely, and why each target was left out")
    func json() throws {
        let root = try JSONDocument(explanation.json).root
        #expect(root["model"]?.string == "auto \"x\"")
        #expect(root["stage"]?.string == "semantic")
        #expect(root["wanted_tier"]?.string == "small")
        #expect(root["tier"]?.string == "large")
        #expect(root["confidence"]?.double == 0.875)
        #expect(root["complexity"]?.double == 0.25)
        #expect(root["task"]?.string == "analysis")
        #expect(root["semantic"]?["cosine"]?.double == 0.9)
        #expect(root["semantic"]?["margin"]?.double == -0.05)
        #expect(root["agent_step"] == nil)
        let candidates = try #require(root["candidates"]).elements.map { $0 }
        #expect(candidates.map { $0["deployment"]?.string } == ["p/small", "p/large"])
        #expect(candidates[0]["rejected"]?.string == "context_length")
        #expect(candidates[0]["because"]?.string == "needs 20 tokens of 10")
        #expect(candidates[0]["cost_nanodollars"]?.isNull == true)
        #expect(candidates[1]["rejected"] == nil)
        #expect(candidates[1]["cost_nanodollars"]?.integer == 88_000)
    }

    @Test("The compact record is valid, small, and names each rejection")
    func record() throws {
        let record = explanation.record
        let root = try JSONDocument(record).root
        #expect(root["t"]?.string == "large")
        #expect(root["w"]?.string == "small")
        #expect(root["d"]?.elements.map { $0["n"]?.string } == ["context_length", nil])
        #expect(record.readableBytes < 220)
    }

    @Test("Numbers that JSON does not have become null", arguments: [Float.nan, .infinity, -.infinity, 1e30])
    func numbers(value: Float) throws {
        var broken = explanation
        broken.confidence = value
        #expect(try JSONDocument(broken.json).root["confidence"]?.isNull == true)
        #expect(try JSONDocument(broken.record).root["p"]?.isNull == true)
    }
}
