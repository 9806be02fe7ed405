import GatewayCore
import NIOCore
import ProviderAPIs
import Testing

extension BedrockRequestTests {
    @Test("How hard to think is said as the model's maker wants it")
    func thinking() throws {
        typealias Effort = ReasoningRequest.Effort
        let enabled = #"{"thinking":{"type":"enabled","budget_tokens":4096}}"#
        let adaptive = #"{"thinking":{"type":"adaptive"}}"#
        let disabled = #"{"thinking":{"type":"disabled"}}"#
        let table: [(String, ReasoningRequest, fields: String?, output: String?, dropped: [String])] = [
            (Self.claude, .init(effort: .medium), enabled, nil, []),
            (Self.claude, .init(budget: 4096), enabled, nil, []),
            (Self.claude, .init(effort: Effort.none), disabled, nil, []),
            ("anthropic.claude-sonnet-5", .init(effort: Effort.none), disabled, nil, []),
            (
                "anthropic.claude-opus-5-5-v1:0", .init(effort: Effort.none), nil, #"{"effort":"low"}"#,
                ["reasoning_effort"]
            ),
            ("anthropic.claude-v2:1", .init(effort: Effort.none), nil, nil, []),
            (
                "anthropic.claude-opus-4-7-v1", .init(budget: 4096),
                #"{"thinking":{"type":"adaptive","display":"summarized"}}"#, #"{"effort":"medium"}"#, []
            ),
            ("us.anthropic.claude-opus-4-6-v1", .init(effort: .xhigh), adaptive, #"{"effort":"high"}"#, []),
            ("anthropic.claude-opus-4-7-v1", .init(effort: .xhigh), adaptive, #"{"effort":"xhigh"}"#, []),
            ("anthropic.claude-3-5-sonnet-20241022-v2:0", .init(effort: .high), nil, nil, ["reasoning_effort"]),
            ("openai.gpt-oss-120b-1:0", .init(effort: .max), #"{"reasoning_effort":"high"}"#, nil, []),
            (
                "amazon.nova-2-lite-v1:0", .init(effort: .low),
                #"{"reasoningConfig":{"type":"enabled","maxReasoningEffort":"low"}}"#, nil, []
            ),
            ("amazon.nova-pro-v1:0", .init(effort: .low), nil, nil, ["reasoning_effort"]),
            ("anthropic.claude-v2:1", .init(effort: .low), nil, nil, ["reasoning_effort"]),
        ]
        for (model, reasoning, fields, output, dropped) in table {
            var request = conversation(hello)
            request.reasoning = reasoning
            let call = try call(request, model: model)
            #expect(try member("additionalModelRequestFields", of: call) == fields, "\(model)")
            #expect(try member("outputConfig", of: call) == output, "\(model)")
            #expect(call.dropped == dropped, "\(model)")
        }
    }

    @Test("Thoughts take no more than half of the client's limit, and the model's own temperature")
    func room() throws {
        var request = conversation(hello)
        request.reasoning = ReasoningRequest(effort: .high)
        request.maxTokens = 4000
        request.sampling.temperature = 0.5
        request.sampling.topP = 0.9
        request.sampling.topK = 5
        let call = try call(request)
        #expect(try member("inferenceConfig", of: call) == #"{"maxTokens":4000}"#)
        #expect(
            try member("additionalModelRequestFields", of: call)
                == #"{"thinking":{"type":"enabled","budget_tokens":2000}}"#)
        #expect(call.dropped == ["temperature", "top_p", "top_k"])
        // Where no budget fits.
        request.maxTokens = 1000
        #expect(try self.call(request).dropped == ["reasoning_effort", "top_p"])
        // A forced call leaves no place for thoughts.
        request.sampling = Sampling()
        request.tools = [.function(FunctionTool(name: "f"))]
        request.toolChoice = .required
        #expect(try self.call(request).dropped == ["reasoning_effort"])
    }

    @Test("A budget of thinking is left out behind calls whose thoughts are gone")
    func unexplained() throws {
        var request = conversation(
            hello, Message(.assistant, [ContentPart(.toolCall(ToolCall(id: "c1", name: "f", arguments: "{}")))]),
            Message(.tool, [ContentPart(.toolResult(ToolResult(callID: "c1", parts: [.text("20")])))]))
        request.reasoning = ReasoningRequest(effort: .low)
        let call = try call(request)
        #expect(try member("additionalModelRequestFields", of: call) == nil)
        #expect(call.dropped == ["reasoning_effort"])
    }
}
