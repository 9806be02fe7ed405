import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("The gateway's spelling of requests")
struct GatewaySpellingTests {
    private func spelled(_ body: String, as api: ClientAPI) throws -> String {
        try Canonical.text(AskingClient.request(body, as: api).document.text)
    }

    private func messages(_ more: String) throws -> String {
        try spelled(#"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"}],\#(more)}"#, as: .messages)
    }

    @Test("What clients of three dialects say alike is spelled alike, so that they share answers")
    func shared() throws {
        let chat = try Canonical.text(
            #"{"model":"m","max_completion_tokens":9,"messages":[{"role":"user","content":"q"}],"reasoning_effort":"low"}"#)
        let responses = try spelled(
            #"{"model":"m","max_output_tokens":9,"input":"q","reasoning":{"effort":"low"}}"#, as: .responses)
        #expect(responses == chat)
        #expect(try messages(#""thinking":{"type":"adaptive"},"output_config":{"effort":"low"}"#) == chat)
    }

    @Test("Ways to ask for thoughts that may be answered differently are spelled differently")
    func apart() throws {
        let wishes = [
            #""output_config":{"effort":"low"}"#, #""thinking":{"type":"adaptive"},"output_config":{"effort":"low"}"#,
            #""thinking":{"type":"adaptive"}"#, #""thinking":{"type":"adaptive","display":"omitted"}"#,
            #""thinking":{"type":"adaptive","display":"summarized"}"#, #""thinking":{"type":"disabled"}"#,
            #""thinking":{"type":"enabled","budget_tokens":1024}"#, #""temperature":1"#,
        ]
        #expect(try Set(wishes.map(messages)).count == wishes.count)
    }

    @Test("A wish for thoughts is the same when the gateway reads its own spelling again", arguments: [
        ReasoningRequest(effort: .low), ReasoningRequest(effort: .low, isEffortAlone: true), ReasoningRequest(),
        ReasoningRequest(budget: 1024, isShown: false), ReasoningRequest(effort: .high, isShown: true),
    ])
    func again(_ wish: ReasoningRequest) throws {
        var conversation = Conversation(model: "m")
        conversation.messages = [Message(.user, [.text("q")])]
        conversation.reasoning = wish
        let written = try ChatRequestWriter.write(conversation)
        #expect(try ChatRequestReader.read(JSONDocument(written).root).reasoning == wish)
    }
}
