import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import RequestAnalysis

@Suite("Reading a chat request")
struct ChatRequestParserTests {
    private func parse(_ body: String) throws -> ChatRequest {
        try RequestAnalyzer(configuration: RequestAnalysisConfiguration()).parse(ByteBuffer(string: body))
    }

    @Test("What a request says is read: model, stream, usage, and the last user text")
    func fields() throws {
        let request = try parse(
            #"{"stream_options":{"include_usage":true},"stream":true,"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"q"}]}"#)
        #expect(request.model == "m")
        #expect(request.isStream)
        #expect(request.wantsStreamUsage)
        #expect(request.question?.text == "q")
    }

    @Test("Null and absent switches are off", arguments: [
        "", #","stream":null"#, #","stream":false"#, #","stream_options":null"#, #","stream_options":{}"#,
        #","stream_options":{"include_usage":null}"#,
    ])
    func defaults(more: String) throws {
        let request = try parse(Analysis.body(more: more))
        #expect(!request.isStream)
        #expect(!request.wantsStreamUsage)
    }

    @Test("A request that no provider could answer is refused, and the field at fault is named", arguments: [
        (#"[]"#, nil), (#""text""#, nil), (#"{}"#, "model"),
        (#"{"model":1,"messages":[]}"#, "model"), (#"{"model":null,"messages":[]}"#, "model"),
        (#"{"model":"","messages":[]}"#, "model"),
        (#"{"model":"m"}"#, "messages"), (#"{"model":"m","messages":{}}"#, "messages"),
        (#"{"model":"m","messages":null}"#, "messages"), (#"{"model":"m","messages":[]}"#, "messages"),
        (#"{"model":"m","messages":["hi"]}"#, "messages[0]"),
        (#"{"model":"m","messages":[{"content":"x"}]}"#, "messages[0].role"),
        (#"{"model":"m","messages":[{"role":7,"content":"x"}]}"#, "messages[0].role"),
        (#"{"model":"m","messages":[{"role":"User","content":"x"}]}"#, "messages[0].role"),
        (#"{"model":"m","messages":[{"role":"user","content":"x"},{"role":"boss","content":"x"}]}"#,
            "messages[1].role"),
        (#"{"model":"m","messages":[{"role":"user"}]}"#, "messages[0].content"),
        (#"{"model":"m","messages":[{"role":"user","content":null}]}"#, "messages[0].content"),
        (#"{"model":"m","messages":[{"role":"user","content":7}]}"#, "messages[0].content"),
        (#"{"model":"m","messages":[{"role":"user","content":{}}]}"#, "messages[0].content"),
        (#"{"model":"m","messages":[{"role":"user","content":["x"]}]}"#, "messages[0].content[0]"),
        (#"{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"x"},{}]}]}"#,
            "messages[0].content[1].type"),
        (#"{"model":"m","stream":"yes","messages":[{"role":"user","content":"x"}]}"#, "stream"),
        (#"{"model":"m","stream_options":7,"messages":[{"role":"user","content":"x"}]}"#, "stream_options"),
        (#"{"model":"m","stream_options":{"include_usage":1},"messages":[{"role":"user","content":"x"}]}"#,
            "stream_options.include_usage"),
    ] as [(String, String?)])
    func refusals(body: String, parameter: String?) throws {
        let error = try #require(Analysis.refusal(body.utf8))
        #expect(error.code == .invalidRequest)
        #expect(error.status == 400)
        #expect(error.parameter == parameter)
    }

    @Test("What is no JSON is told apart from what is no request", arguments: [
        "", " ", "{", "{}}", "{'a':1}", #"{"a":1,}"#, "\u{FEFF}{}", #"{"model":"\ud800"}"#, "NaN",
        String(repeating: "[", count: 100_000),
    ])
    func invalidJSON(body: String) {
        #expect(Analysis.refusal(body.utf8)?.code == .invalidJSON)
    }

    @Test("A member that stands twice is refused, also when one is spelled with escapes", arguments: [
        (#"{"model":"a","model":"b","messages":[]}"#, "model"),
        (#"{"model":"a","mod\u0065l":"b","messages":[]}"#, "model"),
        (#"{"x":1,"model":"a","messages":[],"x":1}"#, "x"),
    ])
    func doubledMembers(body: String, parameter: String) {
        let error = Analysis.refusal(body.utf8)
        #expect(error?.parameter == parameter)
        #expect(error?.message == "'\(parameter)' stands twice in the body")
    }

    @Test("A refusal is short however long the member's name is")
    func boundedMessage() throws {
        let name = String(repeating: "n", count: 100_000)
        let error = try #require(Analysis.refusal(#"{"\#(name)":1,"\#(name)":2}"#.utf8))
        #expect(error.message.utf8.count < 200)
    }

    @Test("Only the last message's plain text is a question", arguments: [
        (#"{"role":"user","content":"q"}"#, "q"), (#"{"role":"user","content":""}"#, ""),
        (#"{"role":"user","content":"\u0071"}"#, "q"),
        (#"{"role":"user","content":[{"type":"text","text":"q"}]}"#, "q"),
        (#"{"role":"user","content":[]}"#, nil),
        (#"{"role":"user","content":[{"type":"text"}]}"#, nil),
        (#"{"role":"user","content":[{"type":"text","text":7}]}"#, nil),
        (#"{"role":"user","content":[{"type":"input_text","text":"q"}]}"#, nil),
        (#"{"role":"user","content":[{"type":"text","text":"q"},{"type":"text","text":"r"}]}"#, nil),
        (#"{"role":"user","content":[{"type":"image_url","image_url":{"url":"u"}}]}"#, nil),
        (#"{"role":"system","content":"q"}"#, nil), (#"{"role":"developer","content":"q"}"#, nil),
        (#"{"role":"assistant","content":"q"}"#, nil), (#"{"role":"assistant","content":null}"#, nil),
        (#"{"role":"assistant","tool_calls":[]}"#, nil),
        (#"{"role":"tool","tool_call_id":"1","content":"q"}"#, nil),
        (#"{"role":"function","name":"f","content":"q"}"#, nil),
    ] as [(String, String?)])
    func questions(message: String, question: String?) throws {
        let before = #"{"role":"user","content":"earlier"}"#
        let request = try parse(#"{"model":"m","messages":[\#(before),\#(message)]}"#)
        #expect(request.question?.text == question)
    }

    @Test("A body with any one byte taken out, changed or doubled is parsed or refused with 400, and never traps")
    func mutations() {
        let body = Array(#"{"model":"m","stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"é\n"}]}]}"#.utf8)
        #expect(Analysis.refusal(body) == nil)
        var parsed = 0
        var refused = 0
        func check(_ mutant: [UInt8]) {
            if let error = Analysis.refusal(mutant) {
                refused += 1
                if error.status != 400 { Issue.record("\(error) for \(String(decoding: mutant, as: UTF8.self))") }
            } else {
                parsed += 1
            }
        }
        for position in body.indices {
            check(Array(body[..<position]))
            check(Array(body[..<position] + body[(position + 1)...]))
            check(Array(body[...position] + body[position...]))
            for byte in UInt8.min...UInt8.max {
                var mutant = body
                mutant[position] = byte
                check(mutant)
            }
        }
        #expect(parsed > 1000)
        #expect(refused > 10_000)
    }

    @Test("Random damage to larger bodies is parsed or refused with 400, and never traps")
    func randomDamage() {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        let pieces = [#"{"role":"user","content":"a"}"#, #"[{"type":"text","text":"b"}]"#, "null", "7", "{}", ","]
        let start = Array(#"{"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"q"}],"n":2}"#.utf8)
        for _ in 0..<5_000 {
            var body = start
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0...body.count, using: &generator)
                let end = Int.random(in: place...min(body.count, place + 12), using: &generator)
                let piece = pieces.randomElement(using: &generator) ?? ""
                body.replaceSubrange(place..<end, with: Array(piece.utf8))
            }
            if let error = Analysis.refusal(body), error.status != 400 {
                Issue.record("seed \(seed): \(error) for \(String(decoding: body, as: UTF8.self))")
            }
        }
    }
}
