package import GatewayCore

/// What one replica has to tell about one deployment since it last told, and what it wants to know.
package struct HealthReport: Sendable, Equatable {
    /// How the probe ended that a lease allowed.
    package enum ProbeEnd: String, Sendable {
        case answered, failed
        /// It proved nothing, such as a call the caller gave up.
        case released
    }

    /// Which probe the replica would send if it is given the lease.
    package enum Claim: String, Sendable {
        case none
        /// Of a target that is open or disabled and whose time is over.
        case due
        /// Of one that is well, too, if nothing has been heard of it for long.
        case idle
    }

    package let deployment: DeploymentID
    /// Tells one key of the deployment from another, not what it is. A refused key disables no other.
    package let keyMark: String
    /// Calls that began, less those that ended in a way that does not count. They count from their beginning: an answer
    /// takes seconds and a failure often none, so among calls that ended lately failures are too many.
    package var requests: Int64 = 0
    package var failures: Int64 = 0
    package var answers: Int64 = 0
    package var latency = LatencySums()
    /// For how long the provider asked to be left alone, in milliseconds.
    package var limitedMilliseconds: Int64 = 0
    package var isKeyRefused = false
    /// The operator has dealt with the refused key.
    package var isKeyEnabled = false
    /// A call that went to the open target, for want of a better one, was answered.
    package var hasRecovered = false
    package var probe: ProbeEnd?
    /// The lease the probe had, or the one asked for.
    package var lease = ""
    package var claim: Claim = .none

    package init(deployment: DeploymentID, keyMark: String) {
        self.deployment = deployment
        self.keyMark = keyMark
    }

    /// Adds the end of a call whose beginning was counted.
    mutating func add(_ sample: TargetSample, rules: HealthRules) {
        latency.add(sample)
        switch sample {
        case .answered: answers += 1
        case .hardFailure: failures += 1
        case .rateLimited(let wait):
            requests -= 1
            let asked = wait.map(Self.milliseconds) ?? rules.limitedMilliseconds
            limitedMilliseconds = max(limitedMilliseconds, min(asked, rules.longestLimitedMilliseconds))
        case .authFailure:
            requests -= 1
            isKeyRefused = true
        case .clientError, .cancelled, .outrun: requests -= 1
        }
    }

    /// Takes over from a report of before what may be told twice: not what is counted.
    mutating func keep(_ earlier: HealthReport) {
        guard earlier.keyMark == keyMark else { return }
        limitedMilliseconds = max(limitedMilliseconds, earlier.limitedMilliseconds)
        // A refusal counts behind an enabling, so one from before an enabling is none any more.
        isKeyRefused = isKeyRefused || (earlier.isKeyRefused && !isKeyEnabled)
        isKeyEnabled = isKeyEnabled || earlier.isKeyEnabled
        hasRecovered = hasRecovered || earlier.hasRecovered
        if probe == nil, let ended = earlier.probe { (probe, lease) = (ended, earlier.lease) }
    }

    /// Between zero and a day.
    private static func milliseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = min(max(duration, .zero), .seconds(86_400)).components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    /// Whether there is nothing to tell and nothing to ask for but the row.
    var isEmpty: Bool {
        !isUrgent && requests == 0 && answers == 0 && latency == LatencySums() && claim == .none
    }

    /// Whether the rest of the fleet should know at once.
    var isUrgent: Bool {
        failures > 0 || limitedMilliseconds > 0 || isKeyRefused || isKeyEnabled || hasRecovered || probe != nil
    }
}
