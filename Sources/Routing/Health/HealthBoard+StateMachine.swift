import GatewayCore

extension HealthBoard {
    /// The board's pure half; milliseconds of any clock that does not go back.
    struct StateMachine: Sendable {
        /// What the board has to do after it let go of its lock.
        struct Outcome: Sendable {
            var isUrgent = false
            var events: [HealthEvent] = []
        }

        private struct Permit {
            let lease: String
            let until: Int64
        }

        private struct Entry {
            var local = TargetHealth()
            var fleet: HealthRow?
            var fleetTime: Int64 = 0
            var pending: HealthReport
            var firstTokens = FirstTokenSample()
            var inFlight = 0
            var lastResorts = 0
            /// A lease of the fleet that no call has used yet.
            var permit: Permit?
            /// The lease that the exchange under way asks for.
            var claimed = ""
            /// What the exchange under way tells; nil when none is.
            var told: HealthReport?
            /// Until when the fleet suspects the target, and tells and asks often.
            var suspectedUntil: Int64 = 0
            /// Until when the provider asked this replica by its own word to leave the target alone.
            var askedUntil: Int64 = 0
            /// Somebody asked for the target since its last exchange.
            var isWanted = false

            init(_ deployment: DeploymentID, keyMark: String) {
                pending = HealthReport(deployment: deployment, keyMark: keyMark)
            }

            var keyMark: String { pending.keyMark }

            /// How long, for all that is known here, nobody has heard of the target.
            func silence(now: Int64) -> Int64? {
                let own = local.silence(now: now)
                guard let told = fleet?.silentMilliseconds else { return own }
                return min(told + max(now - fleetTime, 0), own ?? .max)
            }
        }

        private let rules: HealthRules
        private let replica: String
        private var keyMarks: [DeploymentID: String]
        private var entries: [DeploymentID: Entry] = [:]
        private var isFleetReachable = false
        private var leases = 0

        init(rules: HealthRules, replica: String, keyMarks: [DeploymentID: String]) {
            self.rules = rules
            self.replica = replica
            self.keyMarks = keyMarks
        }

        mutating func condition(
            of deployment: DeploymentID, isWanted: Bool = true, now: Int64,
            instant: (Int64) -> ContinuousClock.Instant
        ) -> TargetCondition {
            with(deployment) { machine, entry in
                if isWanted { entry.isWanted = true }
                var condition = TargetCondition()
                condition.standing = machine.standing(of: entry, now: now, instant: instant)
                if entry.askedUntil > now { condition.askedUntil = instant(entry.askedUntil) }
                condition.inFlight = entry.inFlight
                // A row of some time ago is still the better knowledge: it only ages while nobody asks.
                let told = machine.isFleetReachable ? entry.fleet : nil
                let row = told ?? entry.local.row(of: deployment, isLeaseGranted: false, now: now)
                condition.requests = row.requests
                condition.failures = row.failures
                condition.usual = LatencyFigures(usual: row)
                condition.recent = LatencyFigures(row.recent)
                condition.silence = entry.silence(now: now).map { .milliseconds($0) }
                return condition
            }
        }

        func firstToken(of deployment: DeploymentID, quantile: Double, now: Int64) -> Duration? {
            entries[deployment]?.firstTokens.quantile(quantile, now: now)
        }

        private func standing(
            of entry: Entry, now: Int64, instant: (Int64) -> ContinuousClock.Instant
        ) -> TargetStanding {
            if entry.local.isProbeDue(keyMark: entry.keyMark, now: now), mayProbe(entry, now: now) { return .probation }
            if entry.local.refusedKeyMark == entry.keyMark {
                return .disabled(until: instant(entry.local.refusedUntil))
            }
            if entry.local.isOpen { return .open(until: instant(entry.local.openUntil)) }
            if entry.local.limitedUntil > now { return .limited(until: instant(entry.local.limitedUntil)) }
            return .ready
        }

        /// Whether the fleet, not this replica alone, has left the target: then its lease is needed for a probe.
        private func isFleetsDecision(_ entry: Entry) -> Bool {
            guard isFleetReachable, let row = entry.fleet else { return false }
            return row.isOpen || row.refusedKeyMark == entry.keyMark
        }

        private func mayProbe(_ entry: Entry, now: Int64) -> Bool {
            if isFleetsDecision(entry) { return entry.permit.map { now < $0.until } ?? false }
            return entry.local.isLeaseFree(now: now)
        }

        mutating func begin(_ deployment: DeploymentID, now: Int64) -> AttemptTicket? {
            with(deployment) { machine, entry in
                entry.isWanted = true
                guard let kind = machine.admission(to: &entry, now: now) else { return nil }
                machine.count(&entry, now: now)
                if kind == .lastResort { entry.lastResorts += 1 }
                return AttemptTicket(deployment: deployment, kind: kind)
            }
        }

        private mutating func admission(to entry: inout Entry, now: Int64) -> AttemptTicket.Kind? {
            if entry.local.isProbeDue(keyMark: entry.keyMark, now: now), let lease = probe(&entry, now: now) {
                return .probe(lease: lease)
            }
            if entry.local.refusedKeyMark == entry.keyMark { return nil }
            guard entry.local.isOpen else { return .regular }
            return entry.lastResorts < rules.lastResortCalls ? .lastResort : nil
        }

        private func count(_ entry: inout Entry, now: Int64) {
            entry.inFlight += 1
            entry.pending.requests += 1
            var report = HealthReport(deployment: entry.pending.deployment, keyMark: entry.keyMark)
            report.requests = 1
            _ = entry.local.record(report, rules: localRules, now: now)
        }

        /// The rules for what this replica knows itself.
        private var localRules: HealthRules { isFleetReachable ? rules.besideFleet : rules }

        /// The lease for a probe that is sent now, if this replica may send one.
        private mutating func probe(_ entry: inout Entry, now: Int64) -> String? {
            guard mayProbe(entry, now: now) else { return nil }
            let lease = entry.permit?.lease ?? newLease()
            entry.permit = nil
            entry.local.hold(lease, until: now + rules.leaseMilliseconds)
            return lease
        }

        private mutating func newLease() -> String {
            leases += 1
            return "\(replica)-\(leases)"
        }

        mutating func end(_ ticket: AttemptTicket, _ sample: TargetSample, now: Int64) -> Outcome {
            let rules = localRules
            return with(ticket.deployment) { _, entry in
                let sample = entry.firstTokens.teaches(sample, now: now) ? sample : .cancelled
                entry.inFlight = max(entry.inFlight - 1, 0)
                if ticket.kind == .lastResort { entry.lastResorts = max(entry.lastResorts - 1, 0) }
                var report = HealthReport(deployment: ticket.deployment, keyMark: entry.keyMark)
                report.add(sample, rules: rules)
                if case .rateLimited(.some(_)) = sample {
                    entry.askedUntil = max(entry.askedUntil, now + report.limitedMilliseconds)
                }
                entry.pending.add(sample, rules: rules)
                entry.firstTokens.add(sample, now: now)
                let isAnswered = if case .answered = sample { true } else { false }
                switch ticket.kind {
                case .regular: break
                case .lastResort:
                    report.hasRecovered = isAnswered
                    entry.pending.hasRecovered = entry.pending.hasRecovered || isAnswered
                case .probe(let lease):
                    report.lease = lease
                    report.probe = HealthReport.ProbeEnd(sample)
                    (entry.pending.lease, entry.pending.probe) = (report.lease, report.probe)
                }
                var outcome = Self.change(&entry) { entry in
                    _ = entry.local.record(report, rules: rules, now: now)
                }
                outcome.isUrgent = report.isUrgent
                return outcome
            }
        }

        mutating func reload(keyMarks: [DeploymentID: String]) -> Outcome {
            self.keyMarks = keyMarks
            entries = entries.filter { keyMarks[$0.key] != nil }
            var outcome = Outcome()
            for (deployment, keyMark) in keyMarks {
                guard var entry = entries[deployment] else { continue }
                let isRefused = entry.local.refusedKeyMark == entry.keyMark
                if keyMark != entry.keyMark { entry.pending = HealthReport(deployment: deployment, keyMark: keyMark) }
                if isRefused {
                    entry.local.acceptKey()
                    entry.pending.isKeyEnabled = true
                    outcome.isUrgent = true
                    outcome.events.append(.keyAccepted(deployment))
                }
                entries[deployment] = entry
            }
            return outcome
        }

        mutating func takeReports(now: Int64, by prober: HealthProber?) -> [HealthReport] {
            var reports: [HealthReport] = []
            for deployment in Set(keyMarks.keys).union(entries.keys) {
                let hasProber = prober?.canProbe(deployment) ?? false
                let report = with(deployment) { machine, entry in
                    machine.takeReport(&entry, now: now, hasProber: hasProber)
                }
                if let report { reports.append(report) }
            }
            return reports
        }

        private mutating func takeReport(_ entry: inout Entry, now: Int64, hasProber: Bool) -> HealthReport? {
            var report = entry.pending
            // Of what is told again some time has gone by.
            report.limitedMilliseconds = min(report.limitedMilliseconds, max(entry.local.limitedUntil - now, 0))
            let isWanted = entry.isWanted
            let isFree = report.probe == nil && entry.permit == nil && entry.local.isLeaseFree(now: now)
            let isDue = isFleetsDecision(entry) && entry.local.isProbeDue(keyMark: entry.keyMark, now: now)
            if isFree && isDue && (isWanted || hasProber) {
                report.claim = .due
            } else if isFree && hasProber && isSilent(entry, now: now) {
                report.claim = .idle
            }
            if report.claim != .none {
                report.lease = newLease()
                entry.claimed = report.lease
            }
            // A replica that has just started asks once without being asked.
            let isSuspected = now < entry.suspectedUntil
            guard isWanted || isSuspected || !report.isEmpty || isFleetsDecision(entry) || entry.fleet == nil
            else { return nil }
            entry.isWanted = false
            entry.told = report
            entry.pending = HealthReport(deployment: report.deployment, keyMark: report.keyMark)
            return report
        }

        private func isSilent(_ entry: Entry, now: Int64) -> Bool {
            guard let silence = rules.idleProbeMilliseconds, !entry.local.isOpen, entry.local.limitedUntil <= now
            else { return false }
            // Of a target that was never called nothing has been heard since the start.
            return entry.silence(now: now) ?? (now - HealthBoard.start) >= silence
        }

        mutating func apply(_ rows: [HealthRow], now: Int64) -> Outcome {
            isFleetReachable = true
            let rules = rules
            var outcome = Outcome()
            for row in rows where entries[row.deployment] != nil {
                let change = with(row.deployment) { _, entry in
                    Self.change(&entry) { entry in
                        if row.isLeaseGranted {
                            entry.permit = Permit(lease: entry.claimed, until: now + rules.leaseMilliseconds)
                        }
                        entry.local.follow(
                            row, previousEpoch: entry.fleet?.epoch, keyMark: entry.keyMark,
                            hasNews: entry.pending.isUrgent, now: now)
                        let isNew = row.failures > entry.fleet?.failures ?? 0
                        if isNew && !row.isOpen && row.evidencePerMille >= rules.suspicionPerMille {
                            entry.suspectedUntil = now + rules.suspicionLifeMilliseconds
                        }
                        entry.told = nil
                        entry.fleet = row
                        entry.fleetTime = now
                    }
                }
                outcome.events += change.events
            }
            return outcome
        }

        func pause(usual: Duration, now: Int64) -> Duration {
            let isSuspicious = entries.values.contains { now < $0.suspectedUntil }
            return isSuspicious ? min(rules.suspicionPause, usual) : usual
        }

        /// What was told may have arrived or not: what does no harm when it is told twice is told again.
        mutating func exchangeFailed() {
            isFleetReachable = false
            for (deployment, entry) in entries {
                guard var told = entry.told else { continue }
                // It has failed since.
                if entry.local.isOpen { told.hasRecovered = false }
                entries[deployment]?.pending.keep(told)
                entries[deployment]?.told = nil
            }
        }

        mutating func takeProbes(now: Int64, by prober: HealthProber) -> [AttemptTicket] {
            var tickets: [AttemptTicket] = []
            for deployment in entries.keys where prober.canProbe(deployment) {
                let ticket = with(deployment) { machine, entry -> AttemptTicket? in
                    let isDue = entry.local.isProbeDue(keyMark: entry.keyMark, now: now)
                    let isLeased = entry.permit.map { now < $0.until } ?? false
                    guard isDue || isLeased, let lease = machine.probe(&entry, now: now) else { return nil }
                    machine.count(&entry, now: now)
                    return AttemptTicket(deployment: deployment, kind: .probe(lease: lease))
                }
                if let ticket { tickets.append(ticket) }
            }
            return tickets
        }

        /// Runs `body` and tells what an operator should hear of it.
        private static func change(_ entry: inout Entry, _ body: (inout Entry) -> Void) -> Outcome {
            let deployment = entry.pending.deployment
            let wasOpen = entry.local.isOpen
            let wasRefused = entry.local.refusedKeyMark == entry.keyMark
            body(&entry)
            var outcome = Outcome()
            if entry.local.isOpen != wasOpen {
                outcome.events.append(wasOpen ? .closed(deployment) : .opened(deployment))
            }
            if (entry.local.refusedKeyMark == entry.keyMark) != wasRefused {
                outcome.events.append(wasRefused ? .keyAccepted(deployment) : .keyRefused(deployment))
            }
            return outcome
        }

        /// Takes the entry out for the time of the body, so that the body may change the rest too.
        private mutating func with<Result>(
            _ deployment: DeploymentID, _ body: (inout StateMachine, inout Entry) -> Result
        ) -> Result {
            var entry =
                entries.removeValue(forKey: deployment)
                ?? Entry(deployment, keyMark: keyMarks[deployment] ?? "")
            let result = body(&self, &entry)
            entries[deployment] = entry
            return result
        }
    }
}

extension HealthReport.ProbeEnd {
    /// A 429 shows that the target lives, but not that it answers; its wait is respected all the same.
    init(_ sample: TargetSample) {
        switch sample {
        case .answered: self = .answered
        case .hardFailure, .authFailure: self = .failed
        case .rateLimited, .clientError, .cancelled, .outrun: self = .released
        }
    }
}
