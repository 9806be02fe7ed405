import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Errors for clients of Messages")
struct MessagesErrorBodyTests {
    /// Type and status of each, from the maker's list of errors.
    private static let table: [GatewayErrorCode: (type: String, status: Int)] = [
        .invalidJSON: ("invalid_request_error", 400), .invalidRequest: ("invalid_request_error", 400),
        .unauthorized: ("authentication_error", 401), .notFound: ("not_found_error", 404),
        .methodNotAllowed: ("invalid_request_error", 405), .modelNotFound: ("not_found_error", 404),
        .noCompliantTarget: ("permission_error", 403), .bodyTooLarge: ("request_too_large", 413),
        .requestTimeout: ("timeout_error", 408), .clientGone: ("api_error", 499),
        .rateLimited: ("rate_limit_error", 429), .budgetExhausted: ("billing_error", 402),
        .contextTooLong: ("invalid_request_error", 400), .contentRefused: ("invalid_request_error", 400),
        .providerRefused: ("invalid_request_error", 400), .providerFailed: ("api_error", 502),
        .providerTimeout: ("timeout_error", 504), .streamTruncated: ("api_error", 502),
        .overloaded: ("overloaded_error", 529), .internalFault: ("api_error", 500),
        .previousResponseNotFound: ("not_found_error", 400), .storeUnavailable: ("api_error", 503),
        .notCached: ("timeout_error", 504),
    ]

    @Test("Each refusal has the type and the status that clients know", arguments: GatewayErrorCode.allCases)
    func types(code: GatewayErrorCode) throws {
        let expected = try #require(Self.table[code])
        let error = GatewayError(code, "No \"way\"")
        #expect(try Canonical.text(AnthropicClient().body(of: error)) == """
            {"error":{"message":"No \\"way\\"","type":"\(expected.type)"},"type":"error"}
            """)
        #expect(AnthropicClient().status(of: error) == expected.status)
    }

    @Test("A provider's own error passes if it is of this dialect; of another one its words are told")
    func providerAnswers() throws {
        let own = #"{"type":"error","error":{"type":"invalid_request_error","message":"m"},"request_id":"req_1"}"#
        #expect(body(400, own) == own)
        let foreign = #"{"error":{"message":"too long","type":"x","code":"context_length_exceeded"}}"#
        #expect(body(404, foreign)?.contains(#""type":"not_found_error","message":"too long""#) == true)
        // A page may name machines.
        #expect(body(400, "<html>proxy-7</html>")?.contains("proxy-7") == false)
    }

    @Test("A client that keeps its conversation at the provider is told so that its SDK sends all of it")
    func thread() throws {
        let error = GatewayError(.invalidRequest, "m", parameter: "thread")
        let details = try JSONDocument(AnthropicClient().body(of: error)).root["error"]?["details"]
        #expect(details?["error_code"]?.string == "thread_unsupported_request")
        #expect(details?["unsupported"]?.elements.compactMap(\.string) == ["thread"])
    }

    private func body(_ status: Int, _ answer: String) -> String? {
        let said = GatewayError.ProviderAnswer(status: status, body: ByteBuffer(string: answer))
        let error = GatewayError(.providerRefused, "refused", providerAnswer: said)
        return String(buffer: AnthropicClient().body(of: error))
    }
}
