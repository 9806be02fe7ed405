import GatewayCore

/// The health of one deployment, and the rules by which it changes. Pure: time is handed in, in milliseconds of any one
/// clock.
///
/// A replica keeps one for what it knows itself. The fleet's is kept in Redis, by a script with the same rules; a test
/// plays the same reports to both and compares.
struct TargetHealth: Sendable, Equatable {
    private(set) var isOpen = false
    /// While it is open: when a probe may be sent.
    private(set) var openUntil: Int64 = 0
    private(set) var epoch: Int64 = 0
    private(set) var refusedKeyMark: String?
    private(set) var refusedUntil: Int64 = 0
    private(set) var limitedUntil: Int64 = 0
    private var counts = SlotCounts()
    private var latency = LatencyRecord()
    private var evidence = 0.0
    private var lastFailure: Int64?
    private var closedAt: Int64?
    /// How often the target has opened without having been well for a while between.
    private var opens: Int64 = 0
    private var lease = ""
    private var leaseUntil: Int64 = 0
    private var lastSample: Int64?

    /// The evidence of a break, in thousandths of what opens the target.
    private var evidencePerMille: Int64 = 0

    /// Takes in what a replica tells, and gives it the lease it asks for if that is free.
    mutating func record(_ report: HealthReport, rules: HealthRules, now: Int64) -> HealthRow {
        if report.requests != 0 || report.failures > 0 {
            counts.add(requests: report.requests, failures: report.failures, now: now)
        }
        // Whatever became of a probe, the next is not sent at once.
        if report.answers > 0 || report.failures > 0 || report.probe != nil { lastSample = now }
        latency.add(report.latency, now: now)
        if report.limitedMilliseconds > 0 { limitedUntil = max(limitedUntil, now + report.limitedMilliseconds) }
        if report.isKeyEnabled && refusedKeyMark == report.keyMark { refusedKeyMark = nil }
        if report.isKeyRefused {
            refusedKeyMark = report.keyMark
            refusedUntil = now + rules.disabledMilliseconds
        }
        let wasProbeAnswered = end(report, rules: rules, now: now)
        if isOpen && (wasProbeAnswered || (report.hasRecovered && report.failures == 0)) {
            close(now: now)
        } else if !isOpen && (report.requests > 0 || report.failures > 0) {
            weigh(report, rules: rules, now: now)
        }
        let isGranted = grant(report, rules: rules, now: now)
        return row(of: report.deployment, isLeaseGranted: isGranted, now: now)
    }

    /// Gives the lease back.
    /// - Returns: whether its probe was answered. One whose lease was given to another by then proves nothing.
    private mutating func end(_ report: HealthReport, rules: HealthRules, now: Int64) -> Bool {
        guard let probe = report.probe, !lease.isEmpty, lease == report.lease else { return false }
        lease = ""
        switch probe {
        case .answered:
            if refusedKeyMark == report.keyMark { refusedKeyMark = nil }
            return true
        case .failed:
            if isOpen { open(rules: rules, now: now) }
            return false
        case .released: return false
        }
    }

    /// Opens the target if what was reported is enough for that.
    private mutating func weigh(_ report: HealthReport, rules: HealthRules, now: Int64) {
        // A call is held to be good until it fails.
        evidence -= Double(max(report.requests, 0)) * rules.answerEvidence
        if report.failures > 0 {
            let before = counts.earlier(now: now)
            let failure = rules.failureEvidence(calls: before.requests, failures: before.failures)
            evidence += Double(report.failures) * (failure + rules.answerEvidence)
        }
        evidence = max(0, evidence)
        evidencePerMille = Int64(evidence * 1000 / rules.evidenceLimit)
        // Old failures alone change nothing: without a new one the target is better than it was.
        guard report.failures > 0 else { return }
        let isPair = report.failures > 1 || (lastFailure.map { now - $0 <= rules.pairMilliseconds } ?? false)
        lastFailure = now
        let (requests, failures) = counts.sums(now: now)
        let isRatio = requests >= rules.ratioMinimum
        if isRatio ? failures * 1000 >= requests * rules.ratioPerMille : isPair {
            open(rules: rules, now: now)
        } else if evidence >= rules.evidenceLimit {
            open(rules: rules, now: now)
        }
    }

    private mutating func open(rules: HealthRules, now: Int64) {
        if !isOpen, let closedAt, now - closedAt > rules.relapseMilliseconds { opens = 0 }
        isOpen = true
        opens += 1
        openUntil = now + rules.openMilliseconds(count: opens)
        epoch += 1
        lease = ""
    }

    private mutating func close(now: Int64) {
        isOpen = false
        closedAt = now
        epoch += 1
        evidence = 0
        evidencePerMille = 0
        lastFailure = nil
        lease = ""
        // The failures that opened it would open it again at the next single one.
        counts.clear()
    }

    private mutating func grant(_ report: HealthReport, rules: HealthRules, now: Int64) -> Bool {
        guard report.claim != .none, now >= limitedUntil, isLeaseFree(now: now) else { return false }
        guard isProbeDue(keyMark: report.keyMark, now: now) || isIdle(report, rules: rules, now: now) else {
            return false
        }
        lease = report.lease
        leaseUntil = now + rules.leaseMilliseconds
        return true
    }

    /// Whether the target is left alone, its time is over, and its provider has not asked for more.
    func isProbeDue(keyMark: String, now: Int64) -> Bool {
        guard now >= limitedUntil else { return false }
        if refusedKeyMark == keyMark { return now >= refusedUntil }
        return isOpen && now >= openUntil
    }

    private func isIdle(_ report: HealthReport, rules: HealthRules, now: Int64) -> Bool {
        guard report.claim == .idle, !isOpen, refusedKeyMark != report.keyMark,
            let silence = rules.idleProbeMilliseconds
        else { return false }
        return lastSample.map { now - $0 >= silence } ?? true
    }

    /// What others are told.
    func row(of deployment: DeploymentID, isLeaseGranted: Bool, now: Int64) -> HealthRow {
        var row = HealthRow(deployment: deployment)
        row.isOpen = isOpen
        row.openMilliseconds = isOpen ? max(openUntil - now, 0) : 0
        row.epoch = epoch
        row.refusedKeyMark = refusedKeyMark
        row.refusedMilliseconds = refusedKeyMark == nil ? 0 : max(refusedUntil - now, 0)
        row.isLeaseGranted = isLeaseGranted
        row.limitedMilliseconds = max(limitedUntil - now, 0)
        (row.requests, row.failures) = counts.sums(now: now)
        row.firstTokenMicroseconds = Int64(latency.firstToken.value)
        row.firstTokenSamples = Int64(latency.firstToken.weight * latency.memory(now: now))
        row.perTokenMicroseconds = Int64(latency.perToken.value)
        row.perTokenSamples = Int64(latency.perToken.weight * latency.memory(now: now))
        row.recent = latency.recent(now: now)
        row.silentMilliseconds = silence(now: now)
        row.evidencePerMille = evidencePerMille
        return row
    }
}

extension TargetHealth {
    /// Does what the fleet has decided. Its word comes from more evidence than this replica has, but for the case that
    /// only this replica cannot reach the target: there the fleet has decided nothing, and what is known here stays.
    /// - Parameter hasNews: whether the fleet does not know yet what this replica knows; then nothing is taken back.
    mutating func follow(_ row: HealthRow, previousEpoch: Int64?, keyMark: String, hasNews: Bool, now: Int64) {
        if row.isOpen {
            isOpen = true
            openUntil = now + row.openMilliseconds
        } else if isOpen, !hasNews, let previousEpoch, previousEpoch != row.epoch {
            close(now: now)
        }
        if row.refusedKeyMark == keyMark {
            refusedKeyMark = keyMark
            refusedUntil = now + row.refusedMilliseconds
        } else if refusedKeyMark == keyMark && !hasNews {
            refusedKeyMark = nil
        }
        limitedUntil = max(limitedUntil, now + row.limitedMilliseconds)
    }

    /// The operator has dealt with the refused key.
    mutating func acceptKey() { refusedKeyMark = nil }

    /// How long nothing was heard of the target; nil if nothing ever was.
    func silence(now: Int64) -> Int64? { lastSample.map { max(now - $0, 0) } }

    /// Whether nobody probes on this lease's behalf.
    func isLeaseFree(now: Int64) -> Bool { lease.isEmpty || now >= leaseUntil }

    /// Takes note of a lease that the fleet gave.
    mutating func hold(_ lease: String, until: Int64) {
        self.lease = lease
        leaseUntil = until
    }
}
