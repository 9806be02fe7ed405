package import GatewayCore

extension GatewayError {
    /// A refusal that is the client's own fault: the provider's words pass through, with its status where that is
    /// one of a refusal. An error that came under status 200 or inside a stream has none of its own.
    private init(refusal failure: ProviderFailure) {
        let code: GatewayErrorCode =
            switch failure.kind {
            case .modelNotFound: .modelNotFound
            case .contextTooLong: .contextTooLong
            case .contentPolicy: .contentRefused
            // The one status of a bad request that the servers of all clients have, too.
            case .badRequest where failure.status == 413 && failure.body == nil: .bodyTooLarge
            default: .providerRefused
            }
        var answer: ProviderAnswer?
        if let body = failure.body {
            let status = failure.status.flatMap { (400..<600).contains($0) ? $0 : nil }
            answer = ProviderAnswer(status: status ?? code.status, body: body)
        }
        // Between two dialects the words pass without the form.
        self.init(
            code, failure.body == nil ? failure.message : "the provider refused the request", providerAnswer: answer)
    }

    /// What ended a request without an answer.
    /// - Parameters:
    ///   - targets: how many were called.
    ///   - retryAfter: when it makes sense to come again.
    package init(last failure: ProviderFailure, targets: Int, retryAfter: Duration?) {
        if failure.triesNextTarget {
            self.init(exhausted: failure, targets: targets, retryAfter: retryAfter)
        } else {
            self.init(refusal: failure)
        }
    }

    /// The targets failed; the last one's kind decides what the client is told. Its own words stay in the log.
    private init(exhausted failure: ProviderFailure, targets: Int, retryAfter: Duration?) {
        let tried = targets == 1 ? "the target" : "\(targets) targets"
        switch failure.kind {
        case .rateLimited, .quotaGone:
            self.init(.rateLimited, "\(tried) refused for want of room", retryAfter: retryAfter)
        case .unsupported:
            self.init(.invalidRequest, failure.message, parameter: failure.parameter)
        // No target of the route knows its model: to the client it does not exist.
        case .modelNotFound: self.init(refusal: failure)
        case .timeout:
            self.init(.providerTimeout, "\(tried) did not answer in time")
        default:
            self.init(.providerFailed, "\(tried) failed to answer", retryAfter: retryAfter)
        }
    }
}
