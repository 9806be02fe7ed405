import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("What OpenAI's models take of wishes about thinking")
struct OpenAIModelRulesTests {
    typealias Effort = ReasoningRequest.Effort

    /// From OpenAI's documents of the models: `gpt-4o` refuses an effort, `o3` and `gpt-5` cannot be told not to
    /// think, models from `gpt-5.1` on can, and know no `minimal`.
    @Test("An effort is one the model knows", arguments: [
        ("gpt-4o-mini", Effort.high, nil), ("gpt-4.1", .none, nil), ("gpt-5-chat-latest", .low, nil),
        ("o3", .none, .low), ("o4-mini", .max, .high), ("gpt-5-mini", .none, .minimal), ("gpt-5", .xhigh, .high),
        ("gpt-5.1", .none, Effort.none), ("gpt-5.2", .max, .xhigh), ("openai/gpt-5.1", .minimal, .low),
        ("gpt-6", .minimal, .low), ("gpt-6.1-sol", .none, Effort.none), ("gpt-35-turbo", .none, Effort.none),
        ("new-model", .none, Effort.none), ("new-model", .medium, .medium),
    ] as [(String, Effort, Effort?)])
    func effort(model: String, wanted: Effort, given: Effort?) {
        #expect(OpenAIModelRules(ProviderModel(name: model)).effort(wanted) == given)
    }

    @Test("Of a model nobody knows, another's server is not told not to think")
    func unknown() {
        #expect(OpenAIModelRules(ProviderModel(name: "llama-4"), isOpenAI: false).effort(.none) == nil)
        #expect(OpenAIModelRules(ProviderModel(name: "llama-4"), isOpenAI: false).effort(.low) == .low)
    }

    @Test("What the registry knows counts where the name says nothing")
    func capabilities() {
        var model = ProviderModel(name: "house-model")
        model.capabilities = [.tools]
        #expect(OpenAIModelRules(model).thinking == .never)
        model.capabilities = [.reasoning]
        #expect(OpenAIModelRules(model).effort(.none) == Effort.none)
    }

    @Test("A temperature is left out where a model that thinks refuses it, by both of OpenAI's APIs", arguments: [
        ("gpt-5", nil, false), ("o3", nil, false), ("gpt-5.1", nil, true), ("gpt-5.1", Effort.high, false),
        ("gpt-4o", nil, true), ("llama-4", .high, true), ("gpt-5.4", nil, true), ("gpt-5.6", nil, false),
        ("gpt-5.6", Effort.none, true), ("gpt-6", nil, false), ("gpt-6", Effort.none, false),
    ] as [(String, Effort?, Bool)])
    func sampling(name: String, effort: Effort?, isTaken: Bool) throws {
        var conversation = Conversation(model: "m")
        conversation.messages = [Message(.user, [.text("Hi")])]
        conversation.reasoning = effort.map { ReasoningRequest(effort: $0) }
        (conversation.sampling.temperature, conversation.sampling.topP) = (0.5, 1)
        let model = ProviderModel(name: name)
        for call in [
            try ChatCompletionsProvider(.openAI).call(conversation, model: model),
            try ResponsesProvider().call(conversation, model: model),
        ] {
            let root = try JSONDocument(call.body).root
            #expect(root["temperature"]?.double == (isTaken ? 0.5 : nil))
            #expect((root["top_p"] != nil) == isTaken)
            #expect(call.dropped == (isTaken ? [] : ["temperature"]))
        }
    }

    /// OpenAI: "Function tools with reasoning_effort are not supported for gpt-5.4 in /v1/chat/completions", and of 5.6
    /// "To use function tools, use /v1/responses or set reasoning_effort to 'none'", also where none was named.
    @Test("Beside functions OpenAI's Chat Completions is told no effort that it refuses there", arguments: [
        ("gpt-5.1", Effort.low, Effort.low, false), ("gpt-5.4", .low, nil, true), ("gpt-5.4", nil, nil, false),
        ("gpt-5.4", Effort.none, Effort.none, false), ("gpt-5.6-terra", .low, Effort.none, true),
        ("gpt-5.6", Effort.none, Effort.none, false), ("gpt-6", nil, Effort.none, false),
    ] as [(String, Effort?, Effort?, Bool)])
    func besideFunctions(name: String, wanted: Effort?, given: Effort?, isDropped: Bool) throws {
        var conversation = Conversation(model: "m")
        conversation.messages = [Message(.user, [.text("Hi")])]
        conversation.reasoning = wanted.map { ReasoningRequest(effort: $0) }
        conversation.tools = [.function(FunctionTool(name: "f"))]
        conversation.sampling.temperature = 0.5
        let model = ProviderModel(name: name)
        let call = try ChatCompletionsProvider(.openAI).call(conversation, model: model)
        let root = try JSONDocument(call.body).root
        #expect(root["reasoning_effort"]?.string == given?.rawValue)
        #expect(call.dropped.contains("reasoning_effort") == isDropped)
        // What is drawn is told by the effort that goes there, not by the one that was wanted.
        let draws = given != .low && name != "gpt-6"
        #expect((root["temperature"] != nil) == draws && call.dropped.contains("temperature") == !draws)
        // Elsewhere both go together.
        let responses = try JSONDocument(ResponsesProvider().call(conversation, model: model).body).root
        #expect(responses["reasoning"]?["effort"]?.string == wanted?.rawValue)
        let compatible = ChatCompletionsProvider(.compatible, baseURL: "http://vllm:8000/v1")
        let other = try JSONDocument(compatible.call(conversation, model: model).body).root
        #expect(other["reasoning_effort"]?.string == wanted?.rawValue)
    }

    @Test("Texts that end the answer are left out where a model that thinks refuses them", arguments: [
        ("gpt-5", false), ("gpt-5.1", false), ("gpt-6", false), ("o3", false), ("o4-mini", false), ("o3-mini", true),
        ("o1-2024-12-17", true), ("gpt-5-chat-latest", true), ("gpt-4o", true), ("my-deployment", true),
    ])
    func stop(name: String, isTaken: Bool) throws {
        var conversation = Conversation(model: "m")
        conversation.messages = [Message(.user, [.text("Hi")])]
        conversation.stop = ["a", "b", "c", "d", "e"]
        let call = try ChatCompletionsProvider(.openAI).call(conversation, model: ProviderModel(name: name))
        let texts = try JSONDocument(call.body).root["stop"]?.elements.compactMap(\.string)
        #expect(texts == (isTaken ? ["a", "b", "c", "d"] : nil))
        #expect(call.dropped == (isTaken ? ["stop[4]"] : ["stop"]))
    }

    @Test("Penalties, biases and probabilities go where a temperature goes; what says nothing is not missed")
    func weights() throws {
        var conversation = Conversation(model: "m")
        conversation.messages = [Message(.user, [.text("Hi")])]
        conversation.sampling.presencePenalty = 1
        conversation.sampling.frequencyPenalty = 0
        conversation.sampling.logitBias = JSONText(valid: #"{"1":2}"#)
        conversation.sampling.logprobs = true
        conversation.sampling.topLogprobs = 3
        let names = ["presence_penalty", "frequency_penalty", "logit_bias", "logprobs", "top_logprobs"]
        for (model, isTaken) in [("gpt-5", false), ("gpt-5.1", true), ("o3", false), ("gpt-4o", true)] {
            let call = try ChatCompletionsProvider(.openAI).call(conversation, model: ProviderModel(name: model))
            let root = try JSONDocument(call.body).root
            #expect(names.allSatisfy { (root[$0] != nil) == isTaken }, "\(model)")
            #expect(call.dropped == (isTaken ? [] : names.filter { $0 != "frequency_penalty" }), "\(model)")
            let responses = try ResponsesProvider().call(conversation, model: ProviderModel(name: model))
            let body = String(buffer: responses.body)
            #expect(body.contains("top_logprobs") == isTaken && body.contains("output_text.logprobs") == isTaken)
            #expect(responses.dropped.contains("logprobs") == !isTaken)
            #expect(responses.dropped.contains("top_logprobs") == !isTaken)
        }
    }

    @Test("A model that only the registry knows to think takes on another's server what OpenAI's refuse")
    func others() throws {
        var model = ProviderModel(name: "house-model")
        model.capabilities = [.reasoning]
        var conversation = Conversation(model: "m")
        conversation.messages = [Message(.user, [.text("Hi")])]
        conversation.reasoning = ReasoningRequest(effort: .high)
        conversation.stop = ["END"]
        conversation.sampling.presencePenalty = 1
        let server = ChatCompletionsProvider(.compatible, baseURL: "http://vllm:8000/v1")
        #expect(try server.call(conversation, model: model).dropped.isEmpty)
        let azure = try ChatCompletionsProvider(.openAI).call(conversation, model: model)
        #expect(azure.dropped == ["stop", "presence_penalty"])
    }
}
