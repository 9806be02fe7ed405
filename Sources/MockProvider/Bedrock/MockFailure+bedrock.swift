import NIOCore

extension MockFailure {
    /// Amazon's status and words for this failure. `contentPolicy` is no error there: a guardrail answers.
    var bedrock: MockProviderError {
        switch self {
        case .rateLimited:
            MockProviderError(
                .rateLimited, "Too many requests, please wait before trying again.", status: 429)
        case .quotaGone:
            MockProviderError(.quotaGone, "Your request exceeds the service quota for your account.", status: 400)
        case .overloaded:
            MockProviderError(.overloaded, "Bedrock is unable to process your request.", status: 503)
        case .contextTooLong: MockProviderError(.contextTooLong, "Input is too long for requested model.")
        case .contentPolicy: MockProviderError(.contentPolicy, "The guardrail blocked the request.")
        case .invalidKey:
            MockProviderError(.invalidKey, "The security token included in the request is invalid.", status: 403)
        case .forbidden:
            MockProviderError(
                .forbidden, "You don't have access to the model with the specified model ID.", status: 403)
        case .modelNotFound:
            MockProviderError(.modelNotFound, "The provided model identifier is invalid.", status: 400)
        case .serverError:
            MockProviderError(
                .injected, "The system encountered an unexpected error during processing. Try your request again.",
                status: 500)
        case .timeout: MockProviderError(.timeout, "Model has timed out in processing the request.", status: 408)
        }
    }
}

extension MockProviderError {
    /// The name of the exception, which clients read from a header.
    var bedrockType: String {
        switch code {
        case .quotaGone: return "ServiceQuotaExceededException"
        case .invalidKey: return "UnrecognizedClientException"
        case .signatureMismatch: return "InvalidSignatureException"
        case .signatureMissing: return "MissingAuthenticationTokenException"
        case .signatureIncomplete: return "IncompleteSignatureException"
        case .unknownPath: return "UnknownOperationException"
        default: break
        }
        return switch status {
        case 403: "AccessDeniedException"
        case 404: "ResourceNotFoundException"
        case 408: "ModelTimeoutException"
        case 424: "ModelErrorException"
        case 429: "ThrottlingException"
        case 503: "ServiceUnavailableException"
        case 500...: "InternalServerException"
        default: "ValidationException"
        }
    }

    var bedrockBody: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.write(["message": .string(message)])
        return buffer
    }
}
