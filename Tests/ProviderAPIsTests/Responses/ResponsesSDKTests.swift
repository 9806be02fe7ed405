import Foundation
import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

/// What the official client makes of this dialect's bytes.
@Suite("The OpenAI SDK on responses", .enabled(if: OpenAISDK.isThere, "no Python"))
struct ResponsesSDKTests {
    private struct Report: Decodable {
        struct Seen: Decodable, Equatable {
            let status: String
            let text: String
            let kinds: [String]
            let calls: [[String]]
            let tokens: Int?
        }

        struct Weather: Decodable, Equatable {
            let city: String
            let degrees: Int
        }

        let last: String
        let deltas: String
        let streamed: Seen?
        let whole: Seen?
        let parsed: Weather?
        let streamParsed: Weather?
    }

    @Test("Its types hold, its accumulator puts streams together, and its items carry thoughts back")
    func sdk() async throws {
        let name = "refrain-test-\(UUID().uuidString.prefix(8))"
        let folder = FileManager.default.temporaryDirectory.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for answer in Self.answers { try Self.write(answer.name, answer.parts, answer.finish, to: folder) }
        try Self.writeBroken(to: folder)
        for form in EmbeddingsRequest.Form.allCases {
            let vector = EmbeddingVector(unit: [0.5, -0.25, 1])
            let body = EmbeddingsAnswer.body([vector], model: "m", form: form, tokens: 3)
            try Data(body.readableBytesView).write(to: folder.appending(path: "embeddings.\(form.rawValue).json"))
        }
        try await ShellCommand.run(
            [OpenAISDK.python, OpenAISDK.script("responses_sdk"), folder.path()], in: folder)
        let report = try JSONDecoder().decode(
            [String: Report].self, from: Data(contentsOf: folder.appending(path: "report.json")))

        for answer in Self.answers {
            let seen = try #require(report[answer.name])
            #expect(seen.streamed == seen.whole, "\(answer.name)")
            #expect(seen.whole?.text == answer.text && seen.deltas == answer.text)
            #expect(seen.whole?.kinds == answer.kinds && seen.whole?.tokens == 30)
            #expect(seen.whole?.status == (answer.finish == .length ? "incomplete" : "completed"))
        }
        #expect(report["tools"]?.whole?.calls == [["c1", "weather", #"{"at":"Rome"}"#], ["c2", "time", "{}"]])
        #expect(report["schema"]?.parsed == .init(city: "Rome", degrees: 21))
        #expect(report["schema"]?.streamParsed == .init(city: "Rome", degrees: 21))
        #expect(report["broken"]?.last == "response.failed" && report["broken"]?.streamed?.status == "failed")
        #expect(report["early"]?.last == "response.failed")
        #expect(report["embedding"]?.last == "[0.5, -0.25, 1.0]")

        let next = ByteBuffer(bytes: try Data(contentsOf: folder.appending(path: "next.json")))
        let read = try ResponsesClient().request(JSONDocument(next).root, headers: [])
        #expect(read.messages == [Message(.assistant, Self.tools)])
    }

    // MARK: - Cases

    private struct Case {
        let name: String
        let parts: [ContentPart]
        let finish: FinishReason
        let text: String
        let kinds: [String]
    }

    private static let tools: [ContentPart] = [
        ContentPart(.thinking("Where?", signature: "EqQB")), ContentPart(.redactedThinking("x")), .text("Looking."),
        ContentPart(.toolCall(ToolCall(id: "c1", name: "weather", arguments: #"{"at":"Rome"}"#, signature: "s"))),
        ContentPart(.toolCall(ToolCall(id: "c2", name: "time", arguments: "{}"))),
    ]

    private static let answers: [Case] = [
        Case(name: "plain", parts: [.text("Grüß Gott 👋\n")], finish: .stop, text: "Grüß Gott 👋\n", kinds: ["message"]),
        Case(
            name: "tools", parts: tools, finish: .toolCalls, text: "Looking.",
            kinds: ["reasoning", "reasoning", "message", "reasoning", "function_call", "function_call"]),
        Case(
            name: "schema", parts: [.text(#"{"city":"Rome","degrees":21}"#)], finish: .stop,
            text: #"{"city":"Rome","degrees":21}"#, kinds: ["message"]),
        Case(name: "refusal", parts: [ContentPart(.refusal("No."))], finish: .stop, text: "", kinds: ["message"]),
        Case(name: "length", parts: [.text("cut")], finish: .length, text: "cut", kinds: ["message"]),
        Case(name: "empty", parts: [], finish: .stop, text: "", kinds: []),
    ]

    /// As a client asks that says everything.
    private static func request() throws -> Conversation {
        try ResponsesRequestTests.read(
            #"""
            {"model":"m","input":"x","instructions":"i","metadata":{"a":"b"},
             "tool_choice":{"type":"function","name":"f"},
             "tools":[{"type":"function","name":"f","parameters":{"type":"object"}},{"type":"web_search"}],
             "reasoning":{"effort":"low","summary":"concise"},
             "text":{"format":{"type":"json_object"},"verbosity":"low"},
             "service_tier":"flex","max_output_tokens":100,"temperature":0.5,"top_logprobs":1,"user":"u"}
            """#)
    }

    private static func write(
        _ name: String, _ parts: [ContentPart], _ finish: FinishReason, to folder: URL
    ) throws {
        var choice = AnswerChoice()
        (choice.parts, choice.finish) = (parts, finish)
        var answer = Answer()
        (answer.id, answer.model, answer.created) = ("resp_\(name)", "m", 1_754_000_000)
        answer.choices = [choice]
        answer.usage = TokenUsage(inputUncached: 10, cacheRead: 5, outputText: 11, outputReasoning: 4)
        let body = ResponsesClient().body(of: answer, to: try request())
        try Data(body.readableBytesView).write(to: folder.appending(path: "\(name).json"))

        var encoder = ResponsesClient().stream(of: try request())
        var frames = ByteBuffer()
        encoder.encode(.started(id: answer.id, model: "m", created: answer.created), into: &frames)
        var calls = 0
        for part in parts {
            for event in events(of: part, call: calls) { encoder.encode(event, into: &frames) }
            if case .toolCall = part.content { calls += 1 }
        }
        encoder.encode(.finished(finish, native: nil, stopSequence: nil, choice: 0), into: &frames)
        if let usage = answer.usage { encoder.encode(.usage(usage), into: &frames) }
        encoder.encode(.ended, into: &frames)
        try Data(frames.readableBytesView).write(to: folder.appending(path: "\(name).sse"))
    }

    private static func events(of part: ContentPart, call index: Int) -> [AnswerEvent] {
        switch part.content {
        case .text(let text): text.map { .text(String($0), choice: 0) }
        case .refusal(let text): text.map { .refusal(String($0), choice: 0) }
        case .thinking(let text, let signature):
            text.map { .thinking(String($0), choice: 0) } + (signature.map { [.signature($0, choice: 0)] } ?? [])
        case .redactedThinking(let data): [.redactedThinking(data, choice: 0)]
        case .toolCall(let call):
            [.toolCall(index, id: call.id, name: call.name, signature: call.signature, choice: 0)]
                + call.arguments.map { .toolArguments(index, String($0), choice: 0) }
        default: []
        }
    }

    /// A stream that breaks in its middle, and one that breaks before it begins.
    private static func writeBroken(to folder: URL) throws {
        let error = GatewayError(.streamTruncated, "the provider's stream ended early")
        for (name, events) in [("broken", [AnswerEvent.text("a", choice: 0)]), ("early", [])] {
            var encoder = ResponsesClient().stream(of: try request())
            var frames = ByteBuffer()
            for event in events { encoder.encode(event, into: &frames) }
            encoder.fail(error, into: &frames)
            try Data(frames.readableBytesView).write(to: folder.appending(path: "\(name).sse"))
        }
    }
}
