import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("Responses that are kept")
struct StoredResponseTests {
    @Test("A later request goes on from everything that was said, but not from the instructions")
    func goesOn() throws {
        let first = try ResponsesRequestTests.read(
            #"{"model":"m","instructions":"old","input":"Weather?"}"#, keepsResponses: true)
        var answer = Answer()
        var choice = AnswerChoice()
        choice.parts = [ContentPart(.toolCall(ToolCall(id: "c1", name: "weather", arguments: "{}")))]
        answer.choices = [choice]
        let stored = StoredResponse(request: first, answer: answer)
        let next = try ResponsesRequestTests.read(
            #"""
            {"model":"m","instructions":"new","previous_response_id":"resp_1",
             "input":[{"type":"function_call_output","call_id":"c1","output":"12"}]}
            """#, keepsResponses: true)
        let whole = stored.continued(by: next)
        let result = ToolResult(callID: "c1", name: "weather", parts: [.text("12")])
        #expect(
            whole.messages == [
                Message(.system, [.text("new")]), Message(.user, [.text("Weather?")]),
                Message(.assistant, choice.parts), Message(.tool, [ContentPart(.toolResult(result))]),
            ])
        #expect(whole.hasInstructions)
        // And so on: what is kept of the second holds the first.
        #expect(StoredResponse(request: whole, answer: Answer()).messages.count == 3)
    }

    @Test("The bytes hold everything", arguments: 0..<20 as Range<UInt64>)
    func bytes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let request = RandomResponses.make(using: &generator)
            let stored = StoredResponse(request: request, answer: RandomResponses.answer(using: &generator))
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
        let stored = StoredResponse(request: request, answer: Answer())
        #expect(stored.messages == request.messages && StoredResponse(stored.bytes) == stored)
    }

    @Test("Other bytes are none", arguments: ["", "{}", "[]", #"{"version":2,"messages":[]}"#, #"{"version":1}"#,
        #"{"version":1,"messages":[{"role":"x","parts":[]}]}"#, #"{"version":1,"messages":[{"role":"user"}]}"#,
        #"{"version":1,"messages":[{"role":"user","parts":[{}]}]}"#,
        #"{"version":1,"messages":[{"role":"user","parts":[{"image":{}}]}]}"#])
    func others(json: String) { #expect(StoredResponse(ByteBuffer(string: json)) == nil) }
}
