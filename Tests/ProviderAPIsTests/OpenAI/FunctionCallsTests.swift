import Foundation
import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

/// By OpenAI's description of the older words: a `function_call` with name and arguments, and the same word as the
/// reason to end.
@Suite("Clients that ask by functions")
struct FunctionCallsTests {
    private static let answers = AnswerFixture.all.filter { fixture in
        ["tools", "parallel-tools"].contains(fixture.name) && fixture.wire != .openai
    }

    private static func request(isStream: Bool) throws -> ChatRequest {
        try AskingClient.request(
            #"{"model":"asked","stream":\#(isStream),"messages":[{"role":"user","content":"q"}],"#
                + #""functions":[{"name":"weather"}]}"#, as: .chat)
    }

    /// What the types of older clients know.
    private struct Function: Decodable, Equatable {
        var name: String?
        var arguments: String?
    }

    private struct Body: Decodable {
        struct Choice: Decodable {
            let message: Message
            let finish_reason: String
        }

        struct Message: Decodable {
            let function_call: Function?
            let tool_calls: [Function]?
        }

        let choices: [Choice]
    }

    private struct Chunk: Decodable {
        struct Choice: Decodable {
            let delta: Body.Message
            let finish_reason: String?
        }

        let choices: [Choice]
    }

    @Test("They are told the first call as a function's, whole and as a hit, whoever answers", arguments: answers)
    func whole(_ fixture: AnswerFixture) throws {
        guard let whole = try fixture.file["whole"] else { return }
        let request = try Self.request(isStream: false)
        let (answer, _) = try TargetTranslation(request, for: fixture.wire.target)
            .answer(ByteBuffer(string: whole)) { AnswerFixture.identity }
        // It is kept by the newer words, which every client's dialect is made of.
        #expect(String(buffer: answer.json).contains("tool_calls"))
        let body = try JSONDecoder().decode(
            Body.self, from: Data(try AnswerReplay.body(of: answer.json, to: request).readableBytesView))
        let choice = try #require(body.choices.first)
        try expect(choice.message.function_call, of: fixture)
        #expect(choice.message.tool_calls == nil && choice.finish_reason == "function_call")
        let hit = try AnswerReplay.frames(of: answer.json, to: Self.request(isStream: true))
        try expect(stream: hit.map { String(buffer: $0) }.joined(), of: fixture)
    }

    @Test("They are told the first call as a function's in a stream, whoever answers", arguments: answers)
    func stream(_ fixture: AnswerFixture) throws {
        guard let frames = try fixture.frames() else { return }
        var relay = TargetTranslation(try Self.request(isStream: true), for: fixture.wire.target)
            .relay { AnswerFixture.identity }
        var parser = fixture.wire.parser
        var sent = ByteBuffer()
        for frame in frames {
            for event in try parser.append(ByteBuffer(bytes: frame)) {
                switch try relay.consume(event) {
                case .lifecycle(let frame), .content(let frame): sent.writeImmutableBuffer(frame)
                case .usage, .done, .ignored: continue
                }
            }
        }
        _ = try relay.finish()
        sent.writeImmutableBuffer(relay.lastFrames)
        try expect(stream: String(buffer: sent), of: fixture)
    }

    @Test("An answer without a call, and one by the older words, is left as it is", arguments: [
        #"{"choices":[{"index":0,"message":{"role":"assistant","content":"a"},"finish_reason":"stop"}]}"#,
        #"{"choices":[{"message":{"function_call":{"name":"f","arguments":"{}"}},"finish_reason":"function_call"}]}"#,
        #"{"choices":[{"message":{"tool_calls":[]},"finish_reason":"stop"}]}"#, "no JSON",
    ])
    func untouched(answer: String) {
        #expect(FunctionCalls.spelled(in: ByteBuffer(string: answer)) == ByteBuffer(string: answer))
    }

    private func expect(stream: String, of fixture: AnswerFixture) throws {
        var call = Function(name: "", arguments: "")
        var reasons: [String] = []
        let frames = stream.components(separatedBy: "\n\n").filter { $0.hasPrefix("data: {") }
        for frame in frames {
            let chunk = try JSONDecoder().decode(Chunk.self, from: Data(frame.dropFirst(6).utf8))
            for choice in chunk.choices {
                #expect(choice.delta.tool_calls == nil)
                call.name? += choice.delta.function_call?.name ?? ""
                call.arguments? += choice.delta.function_call?.arguments ?? ""
                if let reason = choice.finish_reason { reasons.append(reason) }
            }
        }
        try expect(call, of: fixture)
        #expect(reasons == ["function_call"] && stream.hasSuffix("data: [DONE]\n\n"))
    }

    private func expect(_ call: Function?, of fixture: AnswerFixture) throws {
        let expected = try #require(fixture.expected(by: .chat).calls.first)
        #expect(try "\(call?.name ?? "") \(PlainJSON(call?.arguments ?? "").text)" == expected)
    }
}
