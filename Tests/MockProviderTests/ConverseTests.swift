import Foundation
import MockProvider
import Testing

/// What boto3 does not show: who is let in, and what Bedrock refuses.
@Suite("Amazon Bedrock's Converse", .timeLimit(.minutes(1)))
struct ConverseTests {
    static let question = #"{"messages":[{"role":"user","content":[{"text":"q"}]}]}"#
    static let bearer = ["authorization": "Bearer any"]

    private func post(
        _ body: String, _ headers: [String: String], model: String = "m%3A0"
    ) async throws -> RawResponse {
        var response = RawResponse([])
        try await MockFixture.run { mock in
            response = try await mock.post(body, path: "/model/\(model)/converse", headers: headers)
        }
        return response
    }

    @Test("A signature must have its form, also where it is not verified", arguments: [
        (nil, "MissingAuthenticationTokenException"), ("Basic x", "IncompleteSignatureException"),
        ("AWS4-HMAC-SHA256 Credential=a/20260101/r/bedrock/aws4_request", "IncompleteSignatureException"),
        (signed("a/20260101/bedrock/aws4_request"), "IncompleteSignatureException"),
        (signed("a/20260101/r/bedrock/aws4_request", signature: "12"), "IncompleteSignatureException"),
        (signed("a/20260102/r/bedrock/aws4_request"), "IncompleteSignatureException"),
        (signed("a/20260101/r/s3/aws4_request"), "InvalidSignatureException"),
        (signed("a/20260101/r/bedrock/aws4_request", headers: "x-amz-date"), "InvalidSignatureException"),
        (signed("a/20260101/r/bedrock/aws4_request"), nil),
    ] as [(String?, String?)])
    func form(_ authorization: String?, _ exception: String?) async throws {
        var headers = ["x-amz-date": "20260101T000000Z"]
        headers["authorization"] = authorization
        let response = try await post(Self.question, headers)
        #expect(response.status == (exception == nil ? 200 : 403))
        #expect(response.headers["x-amzn-errortype"] == exception, "\(response.text)")
    }

    private static func signed(
        _ credential: String, headers: String = "host;x-amz-date", signature: String? = nil
    ) -> String {
        let digits = signature ?? String(repeating: "0a", count: 32)
        return "AWS4-HMAC-SHA256 Credential=\(credential), SignedHeaders=\(headers), Signature=\(digits)"
    }

    @Test("What Amazon refuses is refused", arguments: [
        ("{}", "at least one message"),
        (#"{"messages":[{"role":"assistant","content":[{"text":"q"}]}]}"#, "must start with a user message"),
        (#"{"messages":[{"role":"tool","content":[{"text":"q"}]}]}"#, "enum value set: [user, assistant]"),
        (#"{"messages":[{"role":"user","content":[]}]}"#, "is empty"),
        (#"{"messages":[{"role":"user","content":[{"text":" \n"}]}]}"#, "is blank"),
        (#"{"messages":[{"role":"user","content":[{}]}]}"#, "must set one of the following keys"),
        (
            #"{"messages":[{"role":"user","content":[{"text":"q"}]},{"role":"user","content":[{"text":"q"}]}]}"#,
            "must alternate between user and assistant"
        ),
        (
            #"{"toolConfig":{"tools":[]},"messages":[{"role":"user","content":[{"toolResult":{"toolUseId":"t","content":[]}}]}]}"#,
            "exceeds the number of toolUse blocks"
        ),
        (
            #"{"messages":[{"role":"user","content":[{"image":{"format":"png","source":{"bytes":"?"}}}]}]}"#,
            "invalid Base64"
        ),
    ])
    func refused(_ body: String, _ words: String) async throws {
        let response = try await post(body, Self.bearer)
        #expect(response.status == 400 && response.headers["x-amzn-errortype"] == "ValidationException")
        #expect(response.text.hasPrefix(#"{"message":"#) && response.text.contains(words), "\(response.text)")
    }

    private static let pdf = #"{"document":{"format":"pdf","name":"a","source":{"bytes":"AAEC"}}}"#

    @Test("What some models refuse is refused by them alone", arguments: [
        (
            "anthropic.claude-opus-5-5-v1%3A0",
            #","additionalModelRequestFields":{"thinking":{"type":"disabled"}}"#, "'disabled' is not supported"
        ),
        (
            "anthropic.claude-opus-5-5-v1%3A0",
            #","toolConfig":{"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":{}}}}],"toolChoice":{"any":{}}}"#,
            "forced tool use"
        ),
    ])
    func refusedByModel(_ model: String, _ more: String, _ words: String) async throws {
        let body = #"{"messages":[{"role":"user","content":[{"text":"q"}]}]\#(more)}"#
        let response = try await post(body, Self.bearer, model: model)
        #expect(response.status == 400 && response.text.contains(words), "\(response.text)")
        let other = try await post(body, Self.bearer, model: "anthropic.claude-sonnet-5-v1%3A0")
        #expect(other.status == 200, "\(other.text)")
    }

    @Test("Two documents have two names; white space is no end to go on from")
    func endAndNames() async throws {
        let two = #"{"messages":[{"role":"user","content":[{"text":"q"},\#(Self.pdf),\#(Self.pdf)]}]}"#
        let doubled = try await post(two, Self.bearer)
        #expect(doubled.status == 400 && doubled.text.contains("duplicate document names"), "\(doubled.text)")
        let begun = #"{"messages":[{"role":"user","content":[{"text":"q"}]},{"role":"assistant","content":[{"text":"So: "}]}]}"#
        let claude = try await post(begun, Self.bearer, model: "anthropic.claude-sonnet-4-5")
        #expect(claude.status == 400 && claude.text.contains("trailing whitespace"), "\(claude.text)")
        let other = try await post(begun, Self.bearer)
        #expect(other.status == 200, "\(other.text)")
    }

    @Test("A token of Amazon's own is a key like any other")
    func token() async throws {
        try await MockFixture.run({ $0.apiKey = "k" }) { mock in
            for (key, status) in [("k", 200), ("x", 403)] {
                let response = try await mock.post(
                    Self.question, path: "/model/m/converse", headers: ["authorization": "Bearer \(key)"])
                #expect(response.status == status && response.headers["x-amzn-requestid"] != nil)
            }
        }
    }
}
