import GatewayCore
import NIOConcurrencyHelpers

/// This replica's lead for one question. Its first end counts; one that is dropped ends without an answer.
package final class FleetLease: Sendable {
    package let holding: FlightHolding
    private let onEnd: @Sendable (FlightHolding, Bool) -> Void
    private let isOver = NIOLockedValueBox(false)

    init(_ holding: FlightHolding, onEnd: @escaping @Sendable (FlightHolding, Bool) -> Void) {
        self.holding = holding
        self.onEnd = onEnd
    }

    deinit { end(isKept: false) }

    /// By which the store knows an answer that comes after a newer one.
    package var fence: Int64 { holding.token.fence }

    /// Lets the fleet know that the call is over. Does not wait.
    package func end(isKept: Bool) {
        let isFirst = isOver.withLockedValue { isOver in
            defer { isOver = true }
            return !isOver
        }
        if isFirst { onEnd(holding, isKept) }
    }
}
