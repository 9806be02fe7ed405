import GatewayCore
import NIOCore
import ProviderAPIs
import Testing

@Suite("OpenAI errors and models")
struct OpenAIErrorBodyTests {
    @Test("A refusal has message, type, parameter and code")
    func body() {
        let error = GatewayError(.invalidRequest, "'n' must be \"1\"", parameter: "n")
        let members = [
            #""message":"'n' must be \"1\"""#, #""type":"invalid_request_error""#, #""param":"n""#,
            #""code":"invalid_request""#,
        ]
        #expect(String(buffer: OpenAIErrorBody.json(error)) == "{\"error\":{\(members.joined(separator: ","))}}")
    }

    /// Type and code as OpenAI's API sends them for the same status.
    @Test("Types and codes are those OpenAI's SDKs know", arguments: [
        (.unauthorized, "invalid_request_error", "invalid_api_key"),
        (.modelNotFound, "invalid_request_error", "model_not_found"), (.rateLimited, "requests", "rate_limit_exceeded"),
        (.noCompliantTarget, "invalid_request_error", "no_compliant_target"),
        (.contextTooLong, "invalid_request_error", "context_length_exceeded"),
        (.contentRefused, "invalid_request_error", "content_filter"),
        (.internalFault, "server_error", "internal_error"), (.overloaded, "server_error", "overloaded"),
        (.streamTruncated, "server_error", "upstream_stream_truncated"),
    ] as [(GatewayErrorCode, String, String)])
    func types(code: GatewayErrorCode, type: String, name: String) throws {
        let error = try #require(JSONDocument(OpenAIErrorBody.json(GatewayError(code, "m"))).root["error"])
        #expect(error["type"]?.string == type)
        #expect(error["code"]?.string == name)
        #expect(error["param"]?.isNull == true)
    }

    @Test("Refusals under 500 blame the request or its rate, others the server", arguments: GatewayErrorCode.allCases)
    func blame(code: GatewayErrorCode) throws {
        let error = try #require(JSONDocument(OpenAIErrorBody.json(GatewayError(code, "m"))).root["error"])
        #expect((error["type"]?.string == "server_error") == (code.status >= 500))
    }

    @Test("A provider's error object passes as it is")
    func providerObject() {
        let said = #" {"error": {"message":"no","vendor":1.0} } "#
        #expect(String(buffer: OpenAIErrorBody.json(Self.refusal(said))) == said)
    }

    @Test("What a provider said in another shape is wrapped; what is no JSON object stays inside", arguments: [
        (#"{"detail":"bad field"}"#, "bad field"), (#"{"message":"m"}"#, "m"), (#"{"error":null}"#, "refused"),
        ("<html>10.0.0.1</html>", "refused"), ("", "refused"), ("[]", "refused"), ("{", "refused"),
    ])
    func wrapped(body: String, message: String) throws {
        let error = try #require(JSONDocument(OpenAIErrorBody.json(Self.refusal(body))).root["error"])
        #expect(error["message"]?.string == message)
        #expect(error["code"]?.string == "provider_refused")
    }

    @Test("An error in a stream is one event that the decoder reads as an error")
    func frame() {
        for error in [GatewayError(.streamTruncated, "line\nbreak"), Self.refusal("{\"error\":\n\n{}}")] {
            let frame = String(buffer: OpenAIErrorBody.frame(error))
            #expect(frame.hasPrefix("data: {\"error\":") && frame.hasSuffix("}\n\n"))
            #expect(throws: ProviderFailure.self) { try DecodedStream(frame) }
        }
    }

    @Test("Models are listed in their order")
    func models() {
        let model = #"{"id":"a\"b","object":"model","created":5,"owned_by":"refrain"}"#
        let other = #"{"id":"c","object":"model","created":5,"owned_by":"refrain"}"#
        #expect(String(buffer: OpenAIModels.list([], created: 5)) == #"{"object":"list","data":[]}"#)
        #expect(
            String(buffer: OpenAIModels.list(["a\"b", "c"], created: 5))
                == #"{"object":"list","data":[\#(model),\#(other)]}"#)
        #expect(String(buffer: OpenAIModels.model("a\"b", created: 5)) == model)
    }

    private static func refusal(_ body: String) -> GatewayError {
        GatewayError(
            .providerRefused, "refused",
            providerAnswer: GatewayError.ProviderAnswer(status: 400, body: ByteBuffer(string: body)))
    }
}
