import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Responses that are kept")
struct StoredResponseTests {
    private static func object(_ output: String) -> JSONText {
        JSONText(valid: ByteBuffer(string: #"{"id":"resp_1","object":"response","output":[\#(output)]}"#))
    }

    private static let call = #"{"type":"function_call","id":"fc_1","call_id":"c1","name":"weather","arguments":"{}"}"#

    @Test("A later request goes on from everything that was said, but not from the instructions")
    func goesOn() throws {
        let first = try ResponsesRequestTests.read(
            #"{"model":"m","instructions":"old","input":"Weather?"}"#, keepsResponses: true)
        let stored = StoredResponse(request: first, response: Self.object(Self.call))
        let next = try ResponsesRequestTests.read(
            #"""
            {"model":"m","instructions":"new","previous_response_id":"resp_1",
             "input":[{"type":"function_call_output","call_id":"c1","output":"12"}]}
            """#, keepsResponses: true)
        let whole = stored.continued(by: next)
        let called = ContentPart(.toolCall(ToolCall(id: "c1", name: "weather", arguments: "{}")))
        let result = ToolResult(callID: "c1", name: "weather", parts: [.text("12")])
        #expect(
            whole.messages == [
                Message(.system, [.text("new")]), Message(.user, [.text("Weather?")]), Message(.assistant, [called]),
                Message(.tool, [ContentPart(.toolResult(result))]),
            ])
        #expect(whole.hasInstructions)
        // And so on: what is kept of the second holds the first.
        #expect(StoredResponse(request: whole, response: Self.object("")).messages.count == 3)
    }

    @Test("Thoughts with their signatures, calls that bear one, and items of this dialect alone come back")
    func output() {
        let request = Conversation(model: "m")
        var choice = AnswerChoice()
        choice.parts = [
            ContentPart(.thinking("hm", signature: "sig")), ContentPart(.redactedThinking("xyz")),
            ContentPart(.text("So:")),
            ContentPart(.toolCall(ToolCall(id: "c", name: "f", arguments: "{}", signature: "call-sig"))),
        ]
        var answer = Answer()
        answer.choices = [choice]
        let body = ResponsesClient().body(of: answer, to: request)
        #expect(StoredResponse(request: request, response: JSONText(valid: body)).messages == [
            Message(.assistant, choice.parts)
        ])
        let search = #"{"type":"web_search_call","id":"ws_1","status":"completed"}"#
        let native = StoredResponse(request: request, response: Self.object(search)).messages
        #expect(native == [Message(.assistant, [ContentPart(.native(JSONText(valid: ByteBuffer(string: search))))])])
    }

    @Test("The bytes hold everything", arguments: 0..<20 as Range<UInt64>)
    func bytes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let request = RandomResponses.make(using: &generator)
            let answer = RandomResponses.answer(using: &generator)
            let object = ResponsesClient().body(of: answer, to: request)
            let stored = StoredResponse(request: request, response: JSONText(valid: object))
            #expect(StoredResponse(stored.bytes) == stored, "seed \(seed)")
        }
    }

    @Test("Marks, errors and blocks of one dialect are kept too")
    func rare() {
        var request = Conversation(model: "m")
        let failed = ToolResult(callID: "c", parts: [.text("no")], isError: true)
        request.messages = [
            Message(.user, [ContentPart(.text("a"), cacheMark: CacheMark(lifetime: "1h"))], name: "eve"),
            Message(.user, [ContentPart(.text("b"), cacheMark: CacheMark())]),
            Message(.tool, [ContentPart(.toolResult(failed))]),
            Message(.assistant, [ContentPart(.native(JSONText(valid: #"{"type":"x","y":[1]}"#)))]),
        ]
        let stored = StoredResponse(request: request, response: Self.object(""))
        #expect(stored.messages == request.messages && StoredResponse(stored.bytes) == stored)
    }

    @Test("Other bytes are none", arguments: ["", "{}", "[]", #"{"version":2,"input":[],"response":{}}"#,
        #"{"version":1,"response":{}}"#, #"{"version":1,"input":[]}"#,
        #"{"version":1,"input":[{"role":"x","parts":[]}],"response":{}}"#,
        #"{"version":1,"input":[{"role":"user"}],"response":{}}"#,
        #"{"version":1,"input":[{"role":"user","parts":[{}]}],"response":{}}"#,
        #"{"version":1,"input":[{"role":"user","parts":[{"image":{}}]}],"response":{}}"#])
    func others(json: String) { #expect(StoredResponse(ByteBuffer(string: json)) == nil) }
}
