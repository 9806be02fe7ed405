package import GatewayCore

/// Why a call came to no answer.
package struct FlightFailure: Sendable {
    /// What it means for those who waited.
    package enum Kind: Sendable {
        /// It concerns the leader alone, such as its deadline: another may do better.
        case own
        /// Providers failed: another call may do better, but not one for each who waits.
        case provider
        /// The request itself is at fault: the same request would fare the same.
        case request
    }

    package let kind: Kind
    package let error: GatewayError

    package init(_ kind: Kind, _ error: GatewayError) {
        self.kind = kind
        self.error = error
    }
}
