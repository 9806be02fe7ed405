import CurlClient
import GatewayCore
import ProviderAPIs

extension ProviderFailure {
    /// A call that broke below HTTP.
    init(_ error: CurlError) {
        let isTimeout: Bool
        switch error.code {
        case .connectTimeout, .firstByteTimeout, .idleTimeout, .totalTimeout: isTimeout = true
        default: isTimeout = false
        }
        let kind: Kind = error.code == .cut ? .truncated : isTimeout ? .timeout : .transport
        self.init(kind, message: error.description)
    }
}

extension GatewayError {
    /// A refusal that is the client's own fault: the provider's words pass through, with its status.
    init(refusal failure: ProviderFailure) {
        let code: GatewayErrorCode = failure.kind == .modelNotFound ? .modelNotFound : .providerRefused
        var answer: ProviderAnswer?
        if let status = failure.status, let body = failure.body { answer = ProviderAnswer(status: status, body: body) }
        self.init(code, "the provider refused the request", providerAnswer: answer)
    }

    /// All targets failed; the last one's kind decides what the client is told. Its own words stay in the log.
    init(exhausted failure: ProviderFailure?, attempts: Int) {
        let tried = attempts == 1 ? "the only target" : "all \(attempts) targets"
        switch failure?.kind {
        case .rateLimited, .quotaGone:
            self.init(.rateLimited, "\(tried) refused for want of room", retryAfter: failure?.retryAfter)
        case .timeout:
            self.init(.providerTimeout, "\(tried) did not answer in time")
        default:
            self.init(.providerFailed, "\(tried) failed to answer", retryAfter: failure?.retryAfter)
        }
    }
}
