import GatewayCore

extension GatewayError {
    /// Whether providers are to blame, so that an answer past its life may stand in for theirs: not what is wrong with
    /// the request itself, nor what its caller's own limits refuse.
    var mayBeStoodInFor: Bool {
        switch code {
        case .providerFailed, .providerTimeout, .streamTruncated: true
        case .rateLimited: (refusal?.scope ?? .provider) == .provider && limit == nil
        default: false
        }
    }
}
