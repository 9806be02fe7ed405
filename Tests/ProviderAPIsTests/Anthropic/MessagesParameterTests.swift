import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Parameters of requests to providers of Messages")
struct MessagesParameterTests {
    private let hello = [Message(.user, [.text("Hi")])]

    private func call(
        model: String = "claude-sonnet-4-5", limits: Int? = nil, clamps: Bool = false,
        _ change: (inout Conversation) -> Void
    ) throws -> ProviderCall {
        var request = Conversation(model: "alias")
        request.messages = hello
        change(&request)
        var target = ProviderModel(name: model)
        target.maxOutputTokens = limits
        target.clampsValues = clamps
        return try AnthropicProvider().call(request, model: target)
    }

    private func member(_ name: String, of call: ProviderCall) throws -> String? {
        try MessagesRequestWriterTests.member(name, of: call)
    }

    private func refusal(_ body: () throws -> ProviderCall) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? GatewayError)?.parameter
        }
    }

    @Test("max_tokens is the client's, else the model's, else what every model can")
    func limit() throws {
        #expect(try member("max_tokens", of: call(limits: 64_000) { $0.maxTokens = 7 }) == "7")
        #expect(try member("max_tokens", of: call(limits: 64_000) { _ in }) == "64000")
        #expect(try member("max_tokens", of: call { _ in }) == "4096")
        #expect(try member("max_tokens", of: call(limits: 50, clamps: true) { $0.maxTokens = 70 }) == "50")
        #expect(refusal { try call(limits: 50) { $0.maxTokens = 70 } } == "max_tokens")
    }

    @Test("A temperature above 1 is brought to 1 or refused, as the model's entry says")
    func temperature() throws {
        #expect(try member("temperature", of: call(clamps: true) { $0.sampling.temperature = 1.5 }) == "1")
        #expect(refusal { try call { $0.sampling.temperature = 1.5 } } == "temperature")
        #expect(refusal { try call { $0.choices = 2 } } == "n")
    }

    @Test("What the dialect has no word for is named, in order; what says nothing is not")
    func dropped() throws {
        let call = try call {
            $0.messages[0].name = "Ann"
            $0.messages[0].parts.append(ContentPart(.image(Media(.url("u"), detail: "low"))))
            $0.stop = ["\n", "END"]
            $0.sampling.seed = 1
            $0.sampling.presencePenalty = 0
            $0.sampling.frequencyPenalty = 0.5
            $0.sampling.logprobs = true
            $0.sampling.topLogprobs = 3
            $0.sampling.logitBias = JSONText(valid: #"{"1":2}"#)
            $0.serviceTier = "flex"
            $0.cacheKey = "k"
            $0.tools = [.native(JSONText(valid: #"{"type":"web_search_preview"}"#))]
            $0.extras = [.init(name: "store", value: JSONText(valid: "true"))]
        }
        #expect(call.dropped == [
            "messages[0].name", "messages[0].content[1].image_url.detail", "tools[0]", "stop[0]", "seed",
            "frequency_penalty", "logit_bias", "logprobs", "top_logprobs", "service_tier", "store",
        ])
        #expect(try member("stop_sequences", of: call) == #"["END"]"#)
    }

    @Test("Sampling is told as far as the model lets itself be told", arguments: [
        ("claude-3-5-haiku-latest", "0.5", "0.9", "5", [String]()), ("claude-sonnet-4-5", "0.5", nil, "5", ["top_p"]),
        ("claude-opus-4-7", nil, nil, nil, ["temperature", "top_p", "top_k"]), ("glm-4.6", "0.5", "0.9", "5", []),
    ] as [(String, String?, String?, String?, [String])])
    func sampling(model: String, temperature: String?, topP: String?, topK: String?, dropped: [String]) throws {
        let call = try call(model: model) {
            $0.sampling.temperature = 0.5
            $0.sampling.topP = 0.9
            $0.sampling.topK = 5
        }
        #expect(try member("temperature", of: call) == temperature)
        #expect(try member("top_p", of: call) == topP)
        #expect(try member("top_k", of: call) == topK)
        #expect(call.dropped == dropped)
    }

    @Test("Tools: a schema of an object always, a choice in this dialect's words, former tools of a conversation")
    func tools() throws {
        let written = try call {
            $0.tools = [
                .function(FunctionTool(name: "now")),
                .function(FunctionTool(name: "f", parameters: JSONText(valid: #"{"properties":{"a":{}}}"#))),
            ]
            $0.toolChoice = .function("f")
            $0.allowsParallelCalls = false
        }
        #expect(try member("tools", of: written) == """
            [{"input_schema":{"properties":{},"type":"object"},"name":"now"},\
            {"input_schema":{"properties":{"a":{}},"type":"object"},"name":"f"}]
            """)
        #expect(try member("tool_choice", of: written)
            == #"{"disable_parallel_tool_use":true,"name":"f","type":"tool"}"#)
        let former = try call {
            let call = ToolCall(id: "a", name: "g", arguments: "")
            $0.messages.append(Message(.assistant, [ContentPart(.toolCall(call))]))
        }
        #expect(try member("tools", of: former) == #"[{"input_schema":{"properties":{},"type":"object"},"name":"g"}]"#)
        #expect(try member("tool_choice", of: former) == #"{"type":"none"}"#)
        let serial = try call {
            $0.tools = [.function(FunctionTool(name: "now"))]
            $0.allowsParallelCalls = false
        }
        #expect(try member("tool_choice", of: serial) == #"{"disable_parallel_tool_use":true,"type":"auto"}"#)
    }

    @Test("A schema is asked for as output_config.format; any JSON by an instruction")
    func formats() throws {
        let schema = try call {
            let schema = #"{"type":"object","properties":{"a":{"type":"integer","minimum":1}}}"#
            $0.format = JSONText(checking: schema).map { .schema(SchemaFormat(name: "n", schema: $0)) }
        }
        #expect(try member("output_config", of: schema) == """
            {"format":{"schema":{"additionalProperties":false,"properties":{"a":{"description":"{minimum: 1}",\
            "type":"integer"}},"type":"object"},"type":"json_schema"}}
            """)
        let json = try call { $0.format = .json }
        #expect(try member("system", of: json)?.contains("JSON") == true)
        #expect(json.dropped.isEmpty)
    }

    @Test("An effort is adaptive thinking where the model has that, else a budget", arguments: [
        ("claude-opus-4-7", ReasoningRequest.Effort.xhigh, #"{"type":"adaptive"}"#, #"{"effort":"xhigh"}"#),
        ("claude-opus-4-6", .xhigh, #"{"type":"adaptive"}"#, #"{"effort":"high"}"#),
        ("claude-fable-5", .minimal, #"{"type":"adaptive"}"#, #"{"effort":"low"}"#),
        ("claude-haiku-4-5", .low, #"{"budget_tokens":1024,"type":"enabled"}"#, nil),
        ("claude-3-7-sonnet-20250219", .medium, #"{"budget_tokens":4096,"type":"enabled"}"#, nil),
        ("claude-sonnet-4-20250514", .high, #"{"budget_tokens":16384,"type":"enabled"}"#, nil),
        ("claude-sonnet-4-20250514", .none, #"{"type":"disabled"}"#, nil),
    ] as [(String, ReasoningRequest.Effort, String, String?)])
    func effort(model: String, effort: ReasoningRequest.Effort, thinking: String, output: String?) throws {
        let call = try call(model: model) { $0.reasoning = ReasoningRequest(effort: effort) }
        #expect(try member("thinking", of: call) == thinking)
        #expect(try member("output_config", of: call) == output)
        #expect(call.dropped.isEmpty)
    }

    @Test("A budget leaves room for words: the limit is raised where it is ours, the budget lowered where it is not")
    func budgets() throws {
        let effort = ReasoningRequest(effort: .high)
        #expect(try member("max_tokens", of: call { $0.reasoning = effort }) == "20480")
        let narrow = try call {
            $0.reasoning = effort
            $0.maxTokens = 6000
        }
        #expect(try member("thinking", of: narrow) == #"{"budget_tokens":3000,"type":"enabled"}"#)
        let tooNarrow = try call {
            $0.reasoning = effort
            $0.maxTokens = 1024
        }
        #expect(try member("thinking", of: tooNarrow) == nil)
        #expect(tooNarrow.dropped == ["reasoning_effort"])
        let wrong = { (request: inout Conversation) in
            request.reasoning = ReasoningRequest(budget: 5000)
            request.maxTokens = 5000
        }
        #expect(refusal { try call(wrong) } == "thinking.budget_tokens")
        #expect(try member("thinking", of: call(clamps: true, wrong)) == #"{"budget_tokens":2500,"type":"enabled"}"#)
    }

    @Test("Thinking gives way to a forced tool, to a model without it, and to a call whose thought was lost")
    func givesWay() throws {
        let forced = try call {
            $0.reasoning = ReasoningRequest(effort: .low)
            $0.tools = [.function(FunctionTool(name: "f"))]
            $0.toolChoice = .required
        }
        #expect(try member("thinking", of: forced) == nil)
        #expect(forced.dropped == ["reasoning_effort"])
        let lost = try call {
            $0.reasoning = ReasoningRequest(budget: 1024)
            $0.messages += [
                Message(.assistant, [ContentPart(.toolCall(ToolCall(id: "a", name: "f", arguments: "")))]),
                Message(.tool, [ContentPart(.toolResult(ToolResult(callID: "a", parts: [.text("1")])))]),
            ]
        }
        #expect(try member("thinking", of: lost) == nil)
        #expect(lost.dropped == ["thinking"])
    }

    @Test("Who thinks draws freely: temperature and top_k are left out and named")
    func thinkingAndSampling() throws {
        let call = try call {
            $0.reasoning = ReasoningRequest(effort: .low)
            $0.sampling.temperature = 0.2
            $0.sampling.topK = 3
        }
        #expect(call.dropped == ["temperature", "top_k"])
    }

    @Test("Not to think is as little as can be where a model always thinks", arguments: [
        ("claude-opus-5-5", nil, #"{"effort":"low"}"#), ("claude-fable-5", nil, #"{"effort":"low"}"#),
        ("claude-opus-5", #"{"type":"disabled"}"#, nil),
    ] as [(String, String?, String?)])
    func alwaysThinking(model: String, thinking: String?, output: String?) throws {
        let call = try call(model: model) { $0.reasoning = ReasoningRequest(effort: ReasoningRequest.Effort.none) }
        #expect(try member("thinking", of: call) == thinking)
        #expect(try member("output_config", of: call) == output)
        #expect(call.dropped == (thinking == nil ? ["reasoning_effort"] : []))
    }

    @Test("A model that refuses to be told which tool to call chooses, and keeps its thoughts", arguments: [
        ("claude-opus-5-5", #"{"type":"auto"}"#, #"{"type":"adaptive"}"#, ["tool_choice"]),
        ("claude-fable-5", #"{"type":"any"}"#, nil, ["reasoning_effort"]),
    ] as [(String, String, String?, [String])])
    func freeChoice(model: String, choice: String, thinking: String?, dropped: [String]) throws {
        let call = try call(model: model) {
            $0.tools = [.function(FunctionTool(name: "f"))]
            $0.toolChoice = .required
            $0.reasoning = ReasoningRequest(effort: .low)
        }
        #expect(try member("tool_choice", of: call) == choice)
        #expect(try member("thinking", of: call) == thinking)
        #expect(call.dropped == dropped)
    }

    @Test("Whoever gives a budget is shown the thoughts, also where the model takes none", arguments: [
        ("claude-opus-4-7", nil, #"{"display":"summarized","type":"adaptive"}"#),
        ("claude-opus-4-7", false, #"{"display":"omitted","type":"adaptive"}"#),
        ("claude-opus-4-6", nil, #"{"budget_tokens":2048,"type":"enabled"}"#),
    ] as [(String, Bool?, String)])
    func shownBudget(model: String, isShown: Bool?, thinking: String) throws {
        let call = try call(model: model) {
            $0.reasoning = ReasoningRequest(budget: 2048, isShown: isShown)
            $0.maxTokens = 8000
        }
        #expect(try member("thinking", of: call) == thinking)
    }

    @Test("Schemas of answers and strict calls go to models that follow them; what the registry knows counts")
    func schemas() throws {
        let ask = { (request: inout Conversation) in
            let schema = JSONText(valid: #"{"type":"object"}"#)
            request.format = .schema(SchemaFormat(description: "d", schema: schema))
            request.tools = [
                .function(FunctionTool(name: "f", isStrict: true)), .function(FunctionTool(name: "g", isStrict: false)),
            ]
        }
        let old = try call(model: "claude-opus-4-1", ask)
        #expect(try member("output_config", of: old) == nil)
        #expect(try member("tools", of: old)?.contains("strict") == false)
        #expect(old.dropped == ["tools[0].function.strict", "response_format"])
        let new = try call(ask)
        #expect(try member("output_config", of: new)?.contains("json_schema") == true)
        #expect(try member("tools", of: new)?.contains(#""strict":true"#) == true)
        #expect(new.dropped == ["response_format.json_schema.description"])
        var request = Conversation(model: "alias")
        request.messages = hello
        ask(&request)
        var target = ProviderModel(name: "claude-sonnet-4-5")
        target.capabilities = [.tools]
        #expect(try AnthropicProvider().call(request, model: target).dropped == ["response_format"])
    }
}
