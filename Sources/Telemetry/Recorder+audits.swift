import CoreMetrics
package import GatewayCore

extension Recorder {
    /// Counts what became of a case for the audit.
    /// - Parameter of: what was looked into, one of a few words.
    package func audited(_ of: String, _ outcome: AuditOutcome) {
        instruments.audits[.init(of: of, outcome: outcome)].increment()
    }

    /// Counts a question that was verified to be answered by an entry.
    /// - Parameter isMade: whether it has become another name of the entry.
    package func promoted(_ isMade: Bool) { instruments.promotions[isMade ? "made" : "gone"].increment() }

    /// Keeps what was found out about a recorded lookup.
    /// - Parameters:
    ///   - share: how likely it was that this one be looked into.
    ///   - cost: of finding out, in billionths of a dollar.
    ///   - texts: both questions, where they shall be shown to the operator.
    package func labelled(
        _ request: RequestID, isRight: Bool, basis: AuditOutcome, share: Double, cost: Int,
        texts: (asked: String, stored: String)?
    ) {
        guard let lookups, lookups.takes(request) else { return }
        lookups.add(
            LookupLine.json(
                ofLabel: isRight, request: request, basis: basis, share: share, cost: cost, texts: texts, at: .now()))
    }
}
