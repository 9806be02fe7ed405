import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("What servers of Chat Completions take back")
struct ChatServerHabitsTests {
    private static let google = "https://generativelanguage.googleapis.com/v1beta/openai"
    private static let history = Message(
        .assistant,
        [
            ContentPart(.thinking("hm", signature: nil)),
            ContentPart(.toolCall(ToolCall(id: "c", name: "f", arguments: "{}", signature: "QQ=="))),
        ])

    @Test("A server is known by its host, whatever its case, and no other name passes for it", arguments: [
        ("https://api.deepseek.com", true), ("https://API.DeepSeek.com:443/v1", true),
        ("https://eu.api.deepseek.com/", true), ("https://notapi.deepseek.com", false),
        ("https://api.deepseek.com.example.org/v1", false), ("http://localhost:8000/api.deepseek.com", false),
        ("", false),
    ])
    func host(url: String, isKnown: Bool) {
        #expect(ChatServerHabits.of(baseURL: url).demandsThoughts == isKnown)
    }

    /// Refusals that the servers gave: DeepSeek "Missing `reasoning_content` field", Groq and Cerebras "property
    /// 'reasoning_content' is unsupported", Google's for a call that lost its signature.
    @Test("Thoughts and signatures of calls go back where they are wanted", arguments: [
        ("https://api.deepseek.com", #""reasoning_content":"hm","#, ""),
        ("http://vllm:8000/v1", #""reasoning_content":"hm","#, ""),
        ("https://api.cerebras.ai/v1", #""reasoning":"hm","#, ""), ("https://api.groq.com/openai/v1", "", ""),
        (google, "", #","extra_content":{"google":{"thought_signature":"QQ=="}}"#),
    ])
    func written(url: String, thoughts: String, signature: String) throws {
        var conversation = Conversation(model: "m")
        conversation.messages = [Self.history]
        let provider = ChatCompletionsProvider(.compatible, baseURL: url)
        let call = try provider.call(conversation, model: ProviderModel(name: "m"))
        let function = #""type":"function","function":{"name":"f","arguments":"{}"}"#
        #expect(
            String(buffer: call.body) == #"{"model":"m","messages":[{"role":"assistant","content":null,"# + thoughts
                + #""tool_calls":[{"id":"c",\#(function)\#(signature)}]}]}"#)
    }

    @Test("A server that demands thoughts gets none as an empty text, and only beside calls")
    func demanded() throws {
        var conversation = Conversation(model: "m")
        let call = ContentPart(.toolCall(ToolCall(id: "c", name: "f", arguments: "{}")))
        conversation.messages = [Message(.assistant, [call]), Message(.assistant, [.text("a")])]
        let provider = ChatCompletionsProvider(.compatible, baseURL: "https://api.deepseek.com")
        let body = String(buffer: try provider.call(conversation, model: ProviderModel(name: "m")).body)
        #expect(body.ranges(of: #""reasoning_content":"""#).count == 1)
    }

    @Test("What only the gateway's answers hold is cut out of what passes to a server that refuses it", arguments: [
        ("https://api.groq.com/openai/v1", true, true), (google, true, false), ("http://vllm:8000/v1", false, false),
    ])
    func passed(url: String, cutsThoughts: Bool, cutsSignatures: Bool) throws {
        let thoughts = #","reasoning_content":"hm","thinking_blocks":[{"type":"thinking"}]"#
        let signature = #","extra_content":{"google":{}}"#
        func body(_ thoughts: String, _ signature: String) -> String {
            #"{"messages":[{"role":"user","reasoning_content":"stays"},{"role":"assistant"\#(thoughts),"tool_calls":"#
                + #"[{"id":"c"\#(signature)}]}],"model":"m"}"#
        }
        let request = try Self.request(body(thoughts, signature))
        let call = try ChatCompletionsProvider(.compatible, baseURL: url).call(passing: request, model: "m")
        #expect(String(buffer: call.body) == body(cutsThoughts ? "" : thoughts, cutsSignatures ? "" : signature))
    }

    @Test("The newer name of the system passes to OpenAI alone", arguments: [
        ("http://vllm:8000/v1", "system"), ("https://api.deepseek.com", "system"),
        ("https://api.openai.com/v1", "developer"),
    ])
    func developers(url: String, role: String) throws {
        func body(_ role: String) -> String {
            #"{"messages":[{"role":"\#(role)","content":"Be brief."},{"role":"user","content":"q"}],"model":"m"}"#
        }
        let request = try Self.request(body("developer"))
        let call = try ChatCompletionsProvider(.compatible, baseURL: url).call(passing: request, model: "m")
        #expect(String(buffer: call.body) == body(role))
    }

    /// DeepSeek's refusal: "messages[0]: invalid type: sequence, expected a string".
    @Test("Several texts go as one to a server that takes no list, passed or written", arguments: [
        ("https://api.deepseek.com", #""a\n\n\"b\"""#),
        ("http://vllm:8000/v1", #"[{"type":"text","text":"a"},{"type":"text","text":"\"b\""}]"#),
    ])
    func joined(url: String, sent: String) throws {
        func body(_ content: String) -> String {
            #"{"model":"m","messages":[{"role":"system","content":\#(content)},"#
                + #"{"role":"tool","tool_call_id":"c","content":\#(content)}]}"#
        }
        let provider = ChatCompletionsProvider(.compatible, baseURL: url)
        let parts = #"[{"type":"text","text":"a"},{"type":"text","text":"\"b\""}]"#
        let passed = try provider.call(passing: try Self.request(body(parts)), model: "m")
        #expect(String(buffer: passed.body) == body(sent))
        let texts = [ContentPart(.text("a")), ContentPart(.text(#""b""#))]
        var conversation = Conversation(model: "m")
        conversation.messages = [
            Message(.system, texts),
            Message(.tool, [ContentPart(.toolResult(ToolResult(callID: "c", parts: texts)))]),
        ]
        let written = try provider.call(conversation, model: ProviderModel(name: "m"))
        #expect(String(buffer: written.body) == body(sent))
    }

    @Test("What is no text stays in its list, as the server's own words say more than a cut")
    func unjoined() throws {
        let text = #"{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a/b"}}]}],"#
            + #""model":"m"}"#
        let call = try ChatCompletionsProvider(.compatible, baseURL: "https://api.deepseek.com")
            .call(passing: try Self.request(text), model: "m")
        #expect(String(buffer: call.body) == text)
    }

    private static func request(_ body: String) throws -> ChatRequest {
        ChatRequest(
            document: try JSONDocument(body), model: "m", isStream: false, wantsStreamUsage: false, question: nil)
    }
}
