import ProviderAPIs
import Routing

extension AttemptEnd {
    /// What a failure says of the target.
    init(_ failure: ProviderFailure) {
        switch failure.kind {
        case .rateLimited:
            self = .rateLimited(failure.retryAfter, of: failure.spent.map(LimitDimension.init) ?? .requests)
        // An account without money has some again when somebody pays.
        case .quotaGone:
            self = .rateLimited(
                failure.retryAfter ?? .seconds(300), of: failure.spent.map(LimitDimension.init) ?? .requests)
        // Also what a region or a moderation refuses is answered so: that says nothing of the key.
        case .auth where failure.status == 403: self = .refused
        case .auth: self = .keyRefused
        case .contextTooLong, .contentPolicy, .badRequest, .modelNotFound, .unsupported: self = .refused
        case .timeout:
            self = .failed(isTimeout: true, wasSent: failure.wasSent, wasRefused: failure.status != nil)
        case .overloaded, .serverError, .malformedAnswer, .truncated, .streamError, .transport:
            self = .failed(
                isTimeout: false, wasSent: failure.wasSent,
                wasRefused: failure.status != nil || failure.kind == .streamError)
        }
    }
}
