import CurlClient
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
        let wasSent =
            switch error.code {
            case .invalidRequest, .resolveFailed, .connectFailed, .addressRefused, .connectTimeout, .tlsFailed,
                .tooManyWaiting:
                false
            default: true
            }
        let mayReconnect = [.resolveFailed, .connectFailed, .tlsFailed].contains(error.code)
        self.init(kind, message: error.description, wasSent: wasSent, mayReconnect: mayReconnect)
    }
}
