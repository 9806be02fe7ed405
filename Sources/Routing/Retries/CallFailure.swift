/// What a failed call means for the next one, in the router's terms.
package struct CallFailure: Sendable, Equatable {
    /// Where another call may do better.
    package enum Fault: Sendable, Equatable {
        /// Perhaps there, perhaps elsewhere.
        case target
        /// The same, and the request never left: a new connection may carry it.
        case connection
        /// Elsewhere: its dialect has no word for the request, and nothing was sent.
        case dialect
        /// Elsewhere: it does not know its model, which is the configuration's mistake.
        case unknownModel
        /// Where more fits into the window.
        case contextTooLong
        /// Where other rules hold.
        case contentPolicy
        /// Nowhere.
        case request
    }

    package let fault: Fault
    package let sign: FailureSign
    /// How long the provider asks to be left alone.
    package let retryAfter: Duration?

    package init(_ fault: Fault, _ sign: FailureSign, retryAfter: Duration? = nil) {
        self.fault = fault
        self.sign = sign
        self.retryAfter = retryAfter
    }

    /// Whether calls after it add to the load of what is failing, so that the route's budget counts them. What the
    /// request or the configuration causes is not an outage, and no caller may use up the budget of all others by it.
    var isTargets: Bool { fault == .target || fault == .connection }
}
