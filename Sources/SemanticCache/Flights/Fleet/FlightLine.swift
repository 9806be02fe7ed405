package import GatewayCore

/// What replicas tell each other of their calls.
package enum FlightLine: Sendable {
    case began(AwayFlight)
    /// - Parameter isKept: whether there is an answer in the store.
    case ended(FlightToken, isKept: Bool)
    /// The parts of its answer are wanted, from the first on.
    case wanted(FlightToken)
    /// Some of them.
    case parts(FlightToken, FlightParts)
}

/// A call of another replica.
package struct AwayFlight: Sendable {
    package let token: FlightToken
    package let key: FlightKey
    /// Nil when it answers no similar question, or another encoder has read it.
    package let course: FlightCourse?
    /// Who asks; only said with a course.
    package let tenant: TenantID?

    package init(token: FlightToken, key: FlightKey, course: FlightCourse?, tenant: TenantID?) {
        self.token = token
        self.key = key
        self.course = course
        self.tenant = tenant
    }
}
