import Foundation
import MockProvider
import Testing

/// What the SDK does not show: the bytes of both stream forms, and what Google refuses.
@Suite("Google's generateContent", .timeLimit(.minutes(1)))
struct GenerateContentTests {
    private struct Part: Decodable {
        struct Candidate: Decodable { let finishReason: String? }
        struct ErrorObject: Decodable { let code: Int, status: String }
        let candidates: [Candidate]?
        let error: ErrorObject?
    }

    static let question = #"{"contents":[{"role":"user","parts":[{"text":"q"}]}]}"#

    private func post(
        _ body: String, path: String = "/v1beta/models/g:generateContent", _ knobs: [String: String] = [:]
    ) async throws -> RawResponse {
        var response = RawResponse([])
        try await MockFixture.run { mock in response = try await mock.post(body, path: path, headers: knobs) }
        return response
    }

    @Test("Events end by CRLF, carry whole responses and no terminal of their own")
    func events() async throws {
        let response = try await post(
            Self.question, path: "/v1beta/models/g:streamGenerateContent?alt=sse", ["x-mock-answer": "Yes it is"])
        let events = response.text.components(separatedBy: "\r\n\r\n")
        #expect(events.count == 5 && events.last == "" && !response.text.contains("[DONE]"))
        let expected = """
            data: {"candidates":[{"content":{"parts":[{"text":" it"}],"role":"model"},"index":0}],\
            "usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"totalTokenCount":3,\
            "promptTokensDetails":[{"modality":"TEXT","tokenCount":1}],\
            "candidatesTokensDetails":[{"modality":"TEXT","tokenCount":2}]},"modelVersion":"g",
            """
        #expect(events[1].hasPrefix(expected))
        #expect(events[3].contains(#""finishReason":"STOP""#))
    }

    @Test("Without alt=sse the stream is one array, whole also if it fails", arguments: [
        (["x-mock-answer-tokens": "2"], [nil, nil, "STOP"], false),
        (["x-mock-error-after-lifecycle": "true"], [], true),
        (["x-mock-error-frame": "3"], [nil, nil], true),
    ] as [([String: String], [String?], Bool)])
    func array(_ knobs: [String: String], _ reasons: [String?], _ fails: Bool) async throws {
        let response = try await post(Self.question, path: "/v1/models/g:streamGenerateContent", knobs)
        #expect(response.headers["content-type"] == "application/json" && response.isWhole)
        var parts: [Part] = try response.decoded()
        if fails { #expect(parts.removeLast().error?.status == "UNAVAILABLE") }
        #expect(parts.map { $0.candidates?.first?.finishReason } == reasons)
    }

    @Test("An array without its terminal, or with a malformed element, is no JSON", arguments: [
        "missing-terminal", "malformed-frame",
    ])
    func brokenArray(_ knob: String) async throws {
        let response = try await post(
            Self.question, path: "/v1/models/g:streamGenerateContent", ["x-mock-" + knob: "1"])
        #expect(response.isWhole && response.status == 200)
        #expect(throws: (any Error).self) { try response.decoded([Part].self) }
    }

    @Test("What Google refuses is refused", arguments: [
        ("{}", "contents is not specified"),
        (#"{"contents":[{"role":"assistant","parts":[{"text":"q"}]}]}"#, "valid role"),
        (#"{"contents":[{"parts":[]}]}"#, "must not be empty"),
        (#"{"contents":[{"parts":[{}]}]}"#, "required oneof field"),
        (
            #"{"contents":[{"parts":[{"functionResponse":{"name":"f","response":{}}}]}]}"#,
            "number of function response parts"
        ),
        (
            #"{"contents":[{"role":"model","parts":[{"functionCall":{"name":"f"}}]},{"parts":[{"functionResponse":{"response":{}}}]}]}"#,
            "Name cannot be empty"
        ),
        (
            #"{"contents":[{"parts":[{"text":"q"}]},{"role":"model","parts":[{"text":"a"}]},{"role":"model","parts":[{"functionCall":{"name":"f"}}]}]}"#,
            "immediately after a user turn"
        ),
        (
            #"{"contents":[{"role":"model","parts":[{"functionCall":{"name":"f"}}]},{"parts":[{"functionResponse":{"name":"f","response":"text"}}]}]}"#,
            "google.protobuf.Struct"
        ),
        (
            #"{"contents":[{"parts":[{"text":"q"}]}],"tools":[{"functionDeclarations":[{"name":"f","parameters":{"type":"object","properties":{"a":{"type":["string","null"]}}}}]}]}"#,
            "Proto field is not repeating"
        ),
        (
            #"{"contents":[{"parts":[{"text":"q"}]}],"tools":[{"function_declarations":[{"name":"f","parameters":{"$schema":"x"}}]}]}"#,
            "Unknown name \\\"$schema\\\" at 'tools[0].function_declarations[0].parameters'"
        ),
        (
            #"{"contents":[{"parts":[{"text":"q"}]}],"generationConfig":{"responseSchema":{"type":"OBJECT"}}}"#,
            "response_mime_type"
        ),
    ])
    func refused(_ body: String, _ words: String) async throws {
        let response = try await post(body)
        #expect(response.status == 400 && response.text.contains(#""status":"INVALID_ARGUMENT""#))
        #expect(response.text.contains(words), "\(response.text)")
    }

    @Test("A key is taken from its header, from the query or as a token", arguments: [
        ("", ["x-goog-api-key": "k"], 200), ("?key=k", [:], 200), ("", ["authorization": "Bearer k"], 200),
        ("", [:], 400), ("?key=x", [:], 400), ("", ["x-goog-api-key": "x"], 400),
    ] as [(String, [String: String], Int)])
    func keys(_ query: String, _ headers: [String: String], _ status: Int) async throws {
        try await MockFixture.run({ $0.apiKey = "k" }) { mock in
            let path = "/v1beta/models/g:countTokens" + query
            let response = try await mock.post(Self.question, path: path, headers: headers)
            #expect(response.status == status)
            if status == 400 { #expect(response.text.contains("API_KEY_INVALID")) }
        }
    }
}
