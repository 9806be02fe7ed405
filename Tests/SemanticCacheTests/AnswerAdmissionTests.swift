import GatewayCore
import GatewayTesting
import NIOCore
import SemanticCache
import Testing

@Suite("Which answers are kept")
struct AnswerAdmissionTests {
    private func refusal(
        _ answer: ChatAnswer, _ request: AnalyzedRequest? = nil, limit: Int = 1000
    ) throws -> WriteOutcome? {
        AnswerAdmission.refusal(of: answer, to: try request ?? SampleRequests.request(), bytesLimit: limit)
    }

    @Test("A finished answer with text is kept")
    func kept() throws {
        #expect(try refusal(SampleRequests.answer()) == nil)
        #expect(try refusal(SampleRequests.answer(finish: ["stop", "stop"])) == nil)
    }

    @Test("The request may forbid it")
    func byRequest() throws {
        let never = try SampleRequests.request(cacheability: .never(.notCacheable))
        #expect(try refusal(SampleRequests.answer(), never) == .notCacheable)
        #expect(try refusal(SampleRequests.answer(), SampleRequests.request(noStore: true)) == .callerNoStore)
        #expect(try refusal(SampleRequests.answer(), SampleRequests.request(cacheability: .exactOnly)) == nil)
    }

    @Test("The limit of bytes is the largest size that is kept")
    func size() throws {
        let answer = SampleRequests.answer(json: String(repeating: "x", count: 100))
        #expect(try refusal(answer, limit: 100) == nil)
        #expect(try refusal(answer, limit: 99) == .tooLarge)
    }

    @Test("Refusals, filtered answers and calls of tools are not kept")
    func contents() throws {
        #expect(try refusal(SampleRequests.answer(refusal: true)) == .filtered)
        #expect(try refusal(SampleRequests.answer(finish: ["stop", "content_filter"])) == .filtered)
        #expect(try refusal(SampleRequests.answer(finish: ["tool_calls"], toolCalls: true)) == .toolCalls)
        #expect(try refusal(SampleRequests.answer(toolCalls: true)) == .toolCalls)
    }

    @Test("Every choice must have come to its end")
    func finish() throws {
        #expect(try refusal(SampleRequests.answer(finish: ["length"])) == .truncated)
        #expect(try refusal(SampleRequests.answer(finish: ["stop", "length"])) == .truncated)
        #expect(try refusal(SampleRequests.answer(finish: [])) == .notFinished)
        #expect(try refusal(SampleRequests.answer(finish: [nil])) == .notFinished)
        #expect(try refusal(SampleRequests.answer(finish: ["stop", nil])) == .notFinished)
        #expect(try refusal(SampleRequests.answer(finish: ["STOP"])) == .notFinished)
    }

    @Test("An answer without text is not kept", arguments: [nil, "", " \n\t\u{A0}"])
    func empty(text: String?) throws {
        #expect(try refusal(SampleRequests.answer(text: text)) == .empty)
    }

    @Test("Where JSON was asked for, only JSON is kept",
          arguments: [("json_object", true), ("json_schema", true), ("text", false)])
    func json(format: String, isAsked: Bool) throws {
        let request = try SampleRequests.request(body: #"{"response_format":{"type":"\#(format)"}}"#)
        #expect(try refusal(SampleRequests.answer(text: #"{"a":1}"#), request) == nil)
        for text in ["Sure!", #"{"a":1"#, #"{"a":1} "#  + "and more"] {
            #expect(try refusal(SampleRequests.answer(text: text), request) == (isAsked ? .invalidFormat : nil))
        }
    }
}
