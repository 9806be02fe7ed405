package import GatewayCore

/// Why a call came to no answer.
package struct FlightFailure: Sendable {
    /// What it means for those who waited.
    package enum Kind: Sendable {
        /// It concerns the leader alone, such as its deadline: another may do better.
        case own
        /// No provider was asked, by limits or rules that may be the leader's alone.
        case denied
        /// Providers failed: another call may do better, but not one for each who waits.
        case provider
        /// The request itself is at fault: the same request would fare the same, in all that it says to the provider.
        case request
    }

    package let kind: Kind
    private let error: GatewayError
    private let api: ClientAPI

    /// - Parameter api: which the leader's client speaks.
    package init(_ kind: Kind, _ error: GatewayError, api: ClientAPI = .chat) {
        self.kind = kind
        self.error = error
        self.api = api
    }

    /// What a follower's client is told: a provider's own words only if it speaks as the leader's does.
    package func error(for client: ClientAPI) -> GatewayError {
        guard client != api, error.providerAnswer != nil else { return error }
        return GatewayError(error.code, error.message, parameter: error.parameter, retryAfter: error.retryAfter)
    }
}
