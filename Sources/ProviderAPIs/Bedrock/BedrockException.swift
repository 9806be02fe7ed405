internal import GatewayCore
internal import NIOCore

/// The name by which Amazon's services tell what is wrong.
struct BedrockException {
    /// In lower case, without namespace: `throttlingexception`.
    private let name: String
    /// In lower case.
    private let message: String

    /// The name stands in `x-amzn-errortype`, with an address behind a colon at times, or in the body, behind its
    /// namespace. Nil where there is none.
    init?(headers: [(name: String, value: String)], body: ByteBuffer?) {
        let root = body.flatMap { try? JSONDocument($0).root }
        let header = headers.first { $0.name.lowercased() == "x-amzn-errortype" }?.value
        guard let text = header ?? root?["__type"]?.string ?? root?["code"]?.string else { return nil }
        self.init(named: text, root: root)
    }

    /// - Parameter name: of an event in a stream.
    init(named name: String, root: JSONElement?) {
        let short = name.prefix { $0 != ":" }.split(separator: "#").last ?? ""
        self.name = short.lowercased()
        message = (root?["message"] ?? root?["Message"] ?? root?["originalMessage"])?.string?.lowercased() ?? ""
    }

    /// The same failure, of the kind that the name says.
    func kind(of failure: ProviderFailure) -> ProviderFailure {
        guard let kind = kind else { return failure }
        // When the day ends is not said: one refusal an hour finds it out.
        return failure.called(kind, retryAfter: kind == .quotaGone ? RetryAfter.longest : nil)
    }

    /// Nil for a name nobody knows: then the status speaks.
    var kind: ProviderFailure.Kind? {
        switch name {
        case "throttlingexception", "toomanyrequestsexception":
            message.contains("per day") ? .quotaGone : .rateLimited
        case "servicequotaexceededexception": .quotaGone
        case "serviceunavailableexception", "modelnotreadyexception": .overloaded
        case "internalserverexception", "internalfailure", "modelerrorexception": .serverError
        case "modelstreamerrorexception": .streamError
        case "modeltimeoutexception": .timeout
        case "accessdeniedexception", "unrecognizedclientexception", "invalidsignatureexception",
            "incompletesignature", "incompletesignatureexception", "expiredtokenexception", "expiredtoken",
            "missingauthenticationtoken", "missingauthenticationtokenexception", "invalidclienttokenid",
            "optinrequired":
            .auth
        case "resourcenotfoundexception": .modelNotFound
        case "validationexception": validation
        default: nil
        }
    }

    /// One name for everything that is wrong with a request.
    private var validation: ProviderFailure.Kind {
        let says = { (phrases: [String]) in phrases.contains { message.contains($0) } }
        if says(["too long", "context window", "maximum context", "maximum number of tokens", "context length"]) {
            return .contextTooLong
        }
        if says(["model identifier is invalid", "on-demand throughput isn"]) { return .modelNotFound }
        if says(["content filter", "content policy", "usage policy", "acceptable use", "responsible ai"]) {
            return .contentPolicy
        }
        return .badRequest
    }
}
