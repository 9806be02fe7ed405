import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("What OpenAI's models take of wishes about thinking")
struct OpenAIModelRulesTests {
    typealias Effort = ReasoningRequest.Effort

    /// From OpenAI's documents of the models: `gpt-4o` refuses an effort, `o3` and `gpt-5` cannot be told not to
    /// think, models from `gpt-5.1` on can.
    @Test("An effort is one the model knows", arguments: [
        ("gpt-4o-mini", Effort.high, nil), ("gpt-4.1", .none, nil), ("gpt-5-chat-latest", .low, nil),
        ("o3", .none, .low), ("o4-mini", .max, .high), ("gpt-5-mini", .none, .minimal), ("gpt-5", .xhigh, .high),
        ("gpt-5.1", .none, Effort.none), ("gpt-5.2", .max, .xhigh), ("openai/gpt-5.1", .minimal, .low),
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
        ("gpt-4o", nil, true), ("llama-4", .high, true),
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
}
