package import GatewayCore
import NIOConcurrencyHelpers

/// How the targets are, as this replica knows it from its own calls and from the rest of the fleet. It answers at once;
/// a `HealthLink` exchanges what is known in the background, and without one the board goes by its own calls.
package final class HealthBoard: Sendable {
    private let state: NIOLockedValueBox<StateMachine>
    private let origin: ContinuousClock.Instant
    private let observer: @Sendable (HealthEvent) -> Void
    /// Yields when the rest of the fleet should hear something at once. For one reader.
    let urgency: AsyncStream<Void>
    private let alarm: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - replica: unlike that of any other replica, such as 16 random hexadecimal digits.
    ///   - keyMarks: for each deployment a text that changes with its key and does not reveal it.
    ///   - origin: no later than any instant the board is told.
    ///   - observer: told each change once, after it, from any thread; it must not block.
    package init(
        rules: HealthRules = HealthRules(), replica: String, keyMarks: [DeploymentID: String] = [:],
        origin: ContinuousClock.Instant = .now,
        observer: @escaping @Sendable (HealthEvent) -> Void = { _ in }
    ) {
        state = NIOLockedValueBox(StateMachine(rules: rules, replica: replica, keyMarks: keyMarks))
        self.origin = origin
        self.observer = observer
        (urgency, alarm) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// How the targets are now, in their order.
    package func conditions(of deployments: [DeploymentID], now: ContinuousClock.Instant) -> [TargetCondition] {
        state.withLockedValue { state in
            deployments.map { state.condition(of: $0, now: milliseconds(now)) { instant($0) } }
        }
    }

    /// The same for somebody who only looks: the fleet is not asked for his sake.
    package func outlook(of deployments: [DeploymentID], now: ContinuousClock.Instant) -> [TargetCondition] {
        state.withLockedValue { state in
            deployments.map { state.condition(of: $0, isWanted: false, now: milliseconds(now)) { instant($0) } }
        }
    }

    /// The time to first token that the given part of a target's last answers here did not exceed; nil with less than
    /// twenty of them. For hedging.
    package func firstToken(
        of deployment: DeploymentID, quantile: Double, now: ContinuousClock.Instant
    ) -> Duration? {
        state.withLockedValue { $0.firstToken(of: deployment, quantile: quantile, now: milliseconds(now)) }
    }

    /// Asks to call a target.
    /// - Returns: nil when the call must not be made now: the key is refused, another call probes the target, or
    ///   enough calls wait there for want of a better one. Whoever gets a ticket must `end` it.
    package func begin(_ deployment: DeploymentID, now: ContinuousClock.Instant) -> AttemptTicket? {
        state.withLockedValue { $0.begin(deployment, now: milliseconds(now)) }
    }

    /// Tells how a call ended. Exactly once for each ticket.
    package func end(_ ticket: AttemptTicket, _ sample: TargetSample, now: ContinuousClock.Instant) {
        perform(state.withLockedValue { $0.end(ticket, sample, now: milliseconds(now)) })
    }

    /// How long to wait until one of the targets may be called again: what a client is told when all of them refuse.
    /// Zero if one may be called now.
    package func wait(for deployments: [DeploymentID], now: ContinuousClock.Instant) -> Duration {
        let waits = conditions(of: deployments, now: now).map { condition in
            switch condition.standing {
            case .ready, .probation: Duration.zero
            case .limited(let until): max(now.duration(to: until), .zero)
            // Its time may be over while another call probes it.
            case .open(let until), .disabled(let until): max(now.duration(to: until), .seconds(1))
            }
        }
        return waits.min() ?? .zero
    }

    /// Takes a new configuration: refused keys are tried again, here and in the fleet, and targets that are not
    /// named any more are forgotten.
    package func reload(keyMarks: [DeploymentID: String]) {
        perform(state.withLockedValue { $0.reload(keyMarks: keyMarks) })
    }

    /// What is to be told and asked, if anything is. Every call that returns reports must be followed by `apply` or
    /// `exchangeFailed` before the next.
    /// - Parameter prober: what would send probes; nil when only requests do.
    func takeReports(now: ContinuousClock.Instant, by prober: HealthProber? = nil) -> [HealthReport] {
        state.withLockedValue { $0.takeReports(now: milliseconds(now), by: prober) }
    }

    /// Takes what the fleet knows.
    func apply(_ rows: [HealthRow], now: ContinuousClock.Instant) {
        perform(state.withLockedValue { $0.apply(rows, now: milliseconds(now)) })
    }

    /// The fleet cannot be asked: go by what is known here.
    func exchangeFailed() { state.withLockedValue { $0.exchangeFailed() } }

    /// How long to wait for the next exchange, of the usual time at most.
    func pause(usual: Duration, now: ContinuousClock.Instant) -> Duration {
        state.withLockedValue { $0.pause(usual: usual, now: milliseconds(now)) }
    }

    /// The probes this replica may send now.
    func takeProbes(now: ContinuousClock.Instant, by prober: HealthProber) -> [AttemptTicket] {
        state.withLockedValue { $0.takeProbes(now: milliseconds(now), by: prober) }
    }

    /// Makes the link look whether there is something to exchange.
    func wake() { alarm.yield() }

    private func perform(_ outcome: StateMachine.Outcome) {
        if outcome.isUrgent { alarm.yield() }
        for event in outcome.events { observer(event) }
    }

    private func milliseconds(_ instant: ContinuousClock.Instant) -> Int64 {
        let (seconds, attoseconds) = max(origin.duration(to: instant), .zero).components
        return Self.start + seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    private func instant(_ milliseconds: Int64) -> ContinuousClock.Instant {
        origin + .milliseconds(milliseconds - Self.start)
    }

    /// Past every window, so that nothing seems to have happened in the board's first slots.
    static let start: Int64 = 1_000_000_000
}
