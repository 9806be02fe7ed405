import GatewayCore
import ProviderAPIs
import Routing

extension CallFailure {
    /// A provider's failure, in the router's terms.
    init(_ failure: ProviderFailure) {
        self.init(Self.fault(of: failure), Self.sign(of: failure), retryAfter: failure.retryAfter)
    }

    private static func fault(of failure: ProviderFailure) -> Fault {
        switch failure.kind {
        case .contextTooLong: .contextTooLong
        case .contentPolicy: .contentPolicy
        case .badRequest: .request
        case .modelNotFound: .unknownModel
        case .unsupported: .dialect
        case .transport where failure.mayReconnect: .connection
        case .rateLimited, .quotaGone, .overloaded, .serverError, .auth, .malformedAnswer, .truncated, .streamError,
            .transport, .timeout:
            .target
        }
    }

    /// An error without a status of its own, as streams bring them, has the status that others send with it.
    private static func sign(of failure: ProviderFailure) -> FailureSign {
        if let status = failure.status { return .status(status) }
        return switch failure.kind {
        case .rateLimited, .quotaGone: .status(429)
        case .overloaded: .status(503)
        case .serverError: .status(500)
        case .auth: .status(401)
        case .timeout: .timeout
        case .contextTooLong, .contentPolicy, .badRequest, .modelNotFound, .unsupported, .malformedAnswer, .truncated,
            .streamError, .transport:
            .broken
        }
    }
}

extension ProviderFailure {
    /// The metric label of a call for which the caller's time was over.
    static let lateLabel = "deadline"

    /// Whether the caller's deadline ended the call, and not the target's own.
    func isOf(_ deadline: ContinuousClock.Instant?) -> Bool {
        guard let deadline else { return false }
        return kind == .timeout && status == nil && deadline <= .now
    }
}
