import NIOCore
import ProviderAPIs
import Testing

@Suite("Bedrock's refusals")
struct BedrockFailureTests {
    private func failure(
        _ status: Int, _ body: String, headers: [(name: String, value: String)] = []
    ) -> ProviderFailure {
        BedrockReading.provider.failure(status: status, headers: headers, body: ByteBuffer(string: body), now: 0)
    }

    private static let table: [(Int, String, String, ProviderFailure.Kind)] = [
        (400, "ValidationException", "Malformed input request", .badRequest),
        (400, "ValidationException", "Input is too long for requested model.", .contextTooLong),
        (400, "ValidationException", "prompt is too long: 210000 tokens > 200000 maximum", .contextTooLong),
        (400, "ValidationException", "The provided model identifier is invalid.", .modelNotFound),
        (400, "ValidationException", "Output blocked by content filtering policy: content filter", .contentPolicy),
        (400, "ServiceQuotaExceededException", "quota", .quotaGone),
        (403, "AccessDeniedException", "You don't have access to the model", .auth),
        (403, "UnrecognizedClientException", "The security token is invalid", .auth),
        (403, "InvalidSignatureException", "The signature does not match", .auth),
        (403, "ExpiredTokenException", "expired", .auth),
        (401, "", "", .auth),
        (404, "ResourceNotFoundException", "no such model", .modelNotFound),
        (408, "ModelTimeoutException", "took too long", .timeout),
        (424, "ModelErrorException", "the model failed", .serverError),
        (429, "ThrottlingException", "Too many requests, please wait", .rateLimited),
        (429, "ThrottlingException", "Too many tokens per day, please wait", .quotaGone),
        (429, "ModelNotReadyException", "not ready", .overloaded),
        (500, "InternalServerException", "oops", .serverError),
        (503, "ServiceUnavailableException", "capacity", .overloaded),
        (529, "", "", .overloaded),
    ]

    @Test("Each kind of refusal is told by its name, in the header or in the body")
    func kinds() {
        for (status, name, message, kind) in Self.table {
            let body = #"{"message":"\#(message)"}"#
            let header = ("x-amzn-ErrorType", name + ":http://internal.amazon.com/coral/com.amazon.bedrock/")
            if !name.isEmpty {
                #expect(failure(status, body, headers: [header]).kind == kind, "\(status) \(name)")
                let named = #"{"__type":"com.amazon.coral.service#\#(name)","message":"\#(message)"}"#
                #expect(failure(status, named).kind == kind, "\(status) \(name)")
            } else {
                #expect(failure(status, body).kind == kind, "\(status)")
            }
            #expect(failure(status, body, headers: [header]).status == status)
        }
        #expect(failure(403, "<html></html>").kind == .auth)
    }

    @Test("Retry-After counts in all its forms, and a day's quota is gone for an hour at least")
    func retryAfter() {
        let body = #"{"message":"Too many requests"}"#
        let forms: [(String, String, Duration)] = [
            ("Retry-After", "7", .seconds(7)), ("retry-after", "0.5", .milliseconds(500)),
            ("retry-after-ms", "250", .milliseconds(250)),
            ("retry-after", "Thu, 01 Jan 1970 00:00:09 GMT", .seconds(9)),
        ]
        for (name, value, wait) in forms {
            let throttled = failure(429, body, headers: [("x-amzn-errortype", "ThrottlingException"), (name, value)])
            #expect(throttled.kind == .rateLimited && throttled.retryAfter == wait)
        }
        let day = failure(
            429, #"{"message":"Too many tokens per day"}"#, headers: [("x-amzn-errortype", "ThrottlingException")])
        #expect(day.retryAfter == .seconds(3600))
    }

    @Test("An exception inside a stream with status 200 is that failure")
    func inStream() {
        let kinds: [(String, ProviderFailure.Kind)] = [
            ("throttlingException", .rateLimited), ("modelStreamErrorException", .streamError),
            ("internalServerException", .serverError), ("serviceUnavailableException", .overloaded),
            ("validationException", .badRequest), ("modelTimeoutException", .timeout), ("newException", .streamError),
        ]
        for (name, kind) in kinds {
            let frames = BedrockFixture.plain.frames[0] + AmazonFrame.exception(name, #"{"message":"no luck"}"#)
            let failure = BedrockReading.failure(frames)
            #expect(failure?.kind == kind && failure?.message == "no luck", "\(name)")
        }
        let plain = AmazonFrame.make([(":message-type", "error"), (":error-code", "InternalFailure")], "")
        #expect(BedrockReading.failure(BedrockFixture.plain.frames[0] + plain)?.kind == .serverError)
    }

    @Test("What is no answer is malformed", arguments: ["", "[]", "{}", #"{"output":{"message":{"content":[]}}}"#])
    func malformed(body: String) {
        #expect { try BedrockReading.provider.answer(ByteBuffer(string: body)) } throws: {
            ($0 as? ProviderFailure)?.kind == .malformedAnswer
        }
    }
}
