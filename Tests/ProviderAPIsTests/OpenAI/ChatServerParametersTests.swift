import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

/// Expected by the pages of the makers: the request schema of Mistral's client, Groq's and Cerebras' lists of what is
/// answered with status 400.
@Suite("What servers of Chat Completions refuse of a request")
struct ChatServerParametersTests {
    private static let mistral = "https://api.mistral.ai/v1"
    private static let groq = "https://api.groq.com/openai/v1"
    private static let cerebras = "https://api.cerebras.ai/v1"
    private static let deepSeek = "https://api.deepseek.com"
    private static let vllm = "http://vllm:8000/v1"

    struct Case: CustomTestStringConvertible {
        let url: String
        let asked: String
        let sent: String
        var dropped: [String] = []

        var testDescription: String { "\(url) \(asked)" }
    }

    @Test("Of a client's own bytes goes what the server takes, and the rest is told", arguments: [
        Case(
            url: mistral, asked: #""user":"u","seed":7,"max_completion_tokens":9,"safe_prompt":true"#,
            sent: #""random_seed":7,"max_tokens":9,"safe_prompt":true"#, dropped: ["user"]),
        Case(
            url: mistral, asked: #""store":false,"logprobs":null,"logit_bias":{},"top_k":0,"temperature":0"#,
            sent: #""temperature":0"#),
        Case(
            url: mistral, asked: #""max_tokens":8,"max_completion_tokens":9,"stream_options":{"include_usage":true}"#,
            sent: #""max_tokens":8"#, dropped: ["max_completion_tokens"]),
        Case(
            url: groq, asked: #""n":1,"logprobs":true,"top_logprobs":2,"seed":7,"logit_bias":{"5":1}"#,
            sent: #""n":1,"seed":7"#, dropped: ["logprobs", "top_logprobs", "logit_bias"]),
        Case(
            url: cerebras, asked: #""presence_penalty":0,"frequency_penalty":1,"user":"u""#, sent: #""user":"u""#,
            dropped: ["frequency_penalty"]),
        Case(url: deepSeek, asked: #""max_completion_tokens":9"#, sent: #""max_tokens":9"#),
        Case(url: "https://api.moonshot.ai/v1", asked: #""max_completion_tokens":9"#, sent: #""max_tokens":9"#),
        Case(url: "https://api.together.xyz/v1", asked: #""max_completion_tokens":9"#, sent: #""max_tokens":9"#),
        Case(url: "http://localhost:11434/v1", asked: #""max_completion_tokens":9"#, sent: #""max_tokens":9"#),
        Case(url: vllm, asked: #""max_completion_tokens":9"#, sent: #""max_completion_tokens":9"#),
        Case(url: vllm, asked: #""min_p":0.1,"user":"u","seed":7"#, sent: #""min_p":0.1,"user":"u","seed":7"#),
    ])
    func passed(_ one: Case) throws {
        let messages = #""messages":[{"role":"user","content":"q"}]"#
        let call = try ChatCompletionsProvider(.compatible, baseURL: one.url)
            .call(passing: try Self.request("{\(messages),\(one.asked),\"model\":\"m\"}"), model: "m")
        #expect(String(buffer: call.body) == "{\(messages),\(one.sent),\"model\":\"m\"}")
        #expect(call.dropped == one.dropped)
    }

    @Test("OpenAI's models that think get the limit by its newer name", arguments: [
        ("gpt-5", #""max_tokens":9"#, #""max_completion_tokens":9"#, []),
        ("o3-mini", #""max_tokens":9"#, #""max_completion_tokens":9"#, []),
        ("gpt-5.1", #""max_tokens":8,"max_completion_tokens":9"#, #""max_completion_tokens":9"#, ["max_tokens"]),
        ("gpt-4.1", #""max_tokens":9"#, #""max_tokens":9"#, []), ("mine", #""max_tokens":9"#, #""max_tokens":9"#, []),
    ] as [(String, String, String, [String])])
    func newerLimit(model: String, asked: String, sent: String, dropped: [String]) throws {
        func body(_ members: String) -> String {
            #"{"messages":[{"role":"developer","content":"q"}],\#(members),"model":"\#(model)"}"#
        }
        let call = try ChatCompletionsProvider(.openAI).call(passing: try Self.request(body(asked)), model: model)
        #expect(String(buffer: call.body) == body(sent))
        #expect(call.dropped == dropped)
    }

    @Test("A translated request says the same to them")
    func translated() throws {
        var conversation = Conversation(model: "m")
        conversation.messages = [Message(.user, [.text("q")])]
        conversation.sampling.topK = 5
        conversation.sampling.seed = 7
        conversation.user = "u"
        conversation.cacheKey = "k"
        conversation.isStream = true
        let call = try ChatCompletionsProvider(.compatible, baseURL: Self.mistral)
            .call(conversation, model: ProviderModel(name: "m"))
        #expect(
            String(buffer: call.body)
                == #"{"model":"m","messages":[{"role":"user","content":"q"}],"random_seed":7,"stream":true}"#)
        #expect(call.dropped == ["top_k", "user", "prompt_cache_key"])
    }

    /// Mistral tells it unasked, in the last chunk.
    @Test("A stream's usage is not asked for where the wish is refused", arguments: [(mistral, false), (groq, true)])
    func usage(url: String, asks: Bool) throws {
        let asked = #"{"model":"m","messages":[{"role":"user","content":"q"}],"stream":true}"#
        let call = try ChatCompletionsProvider(.compatible, baseURL: url)
            .call(passing: try Self.request(asked, isStream: true), model: "m")
        #expect(String(buffer: call.body).contains("include_usage") == asks)
        #expect(call.dropped == [])
    }

    @Test("Names of participants are cut where they are refused, and names of tools are not", arguments: [
        (mistral, true), (groq, true), (vllm, false),
    ])
    func participants(url: String, cuts: Bool) throws {
        func body(_ name: String) -> String {
            #"{"model":"m","messages":[{"role":"user"\#(name),"content":"q"},"#
                + #"{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":"#
                + #"{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","name":"f","content":"r"}]}"#
        }
        let name = #","name":"Ann""#
        let call = try ChatCompletionsProvider(.compatible, baseURL: url)
            .call(passing: try Self.request(body(name)), model: "m")
        #expect(String(buffer: call.body) == body(cuts ? "" : name))
        #expect(call.dropped == (cuts ? ["messages[0].name"] : []))
    }

    @Test("More answers than a server gives are refused and not cut")
    func answers() throws {
        let request = try Self.request(#"{"model":"m","n":2,"messages":[{"role":"user","content":"q"}]}"#)
        let error = #expect(throws: GatewayError.self) {
            try ChatCompletionsProvider(.compatible, baseURL: Self.groq).call(passing: request, model: "m")
        }
        #expect(error?.parameter == "n")
    }

    @Test("Where nothing may be left out, what the server refuses is refused")
    func rejected() throws {
        let request = try Self.request(#"{"model":"m","user":"u","messages":[{"role":"user","content":"q"}]}"#)
        var target = Target(
            deployment: DeploymentID("d"), baseURL: Self.mistral, keys: nil, model: "m", deadlines: CallDeadlines(),
            allowsPrivateAddresses: false)
        target.api = .compatible
        target.dropsParameters = false
        let error = #expect(throws: GatewayError.self) { try TargetTranslation(request, for: target).call() }
        #expect(error?.parameter == "user")
    }

    private static func request(_ body: String, isStream: Bool = false) throws -> ChatRequest {
        ChatRequest(
            document: try JSONDocument(body), model: "m", isStream: isStream, wantsStreamUsage: false, question: nil)
    }
}
