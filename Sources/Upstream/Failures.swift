import CurlClient
import GatewayCore
import ProviderAPIs

extension ProviderFailure {
    /// A call that broke below HTTP.
    init(_ error: CurlError) {
        // A name or a value of the client's that no request can carry: nothing was sent, and the target is well.
        if error.code == .invalidRequest {
            let message = "the request cannot be sent to the provider of this model: \(error.message)"
            self.init(unsupported: GatewayError(.invalidRequest, message))
            return
        }
        let isTimeout: Bool
        switch error.code {
        case .connectTimeout, .firstByteTimeout, .idleTimeout, .totalTimeout: isTimeout = true
        default: isTimeout = false
        }
        let kind: Kind = error.code == .cut ? .truncated : isTimeout ? .timeout : .transport
        let wasSent =
            switch error.code {
            case .resolveFailed, .connectFailed, .addressRefused, .connectTimeout, .tlsFailed,
                .tooManyWaiting:
                false
            default: true
            }
        let mayReconnect = [.resolveFailed, .connectFailed, .tlsFailed].contains(error.code)
        self.init(kind, message: error.description, wasSent: wasSent, mayReconnect: mayReconnect)
    }
}
