import GatewayCore
import SemanticCache

extension Coalescing {
    /// How waiting for another replica ended.
    enum Waited: Sendable {
        case answered(CacheHit)
        /// The call is to be made all the same; the fleet needs not be asked again.
        case call(FlightDuty?)
        /// Nobody wants the answer any more.
        case gone
    }

    /// How often the fleet is asked for one request.
    private static var claims: Int { 6 }

    /// Waits for another replica in place of a call, as long as anybody wants the answer.
    /// - Parameter claim: what the fleet said to the duty.
    func wait(for claim: FleetFlights.Claim, _ duty: FlightDuty?) async -> Waited {
        guard let duty, let question = duty.question else { return .call(nil) }
        let exchange = question.seeker.exchange
        let start = ContinuousClock.now
        let waited = await duty.presence(of: exchange.client).whilePresent { [lead = duty.lead] in
            await wait(for: claim, question, lead)
        }
        exchange.note { $0.timings.waited = start.duration(to: .now) }
        return waited
    }

    /// Waits for the replica that has the lead, or asks what means the same. One that fails leaves its lead to the
    /// next: each of a few is waited for once.
    private func wait(
        for first: FleetFlights.Claim, _ question: FleetQuestion, _ lead: FlightLead<SharedPiece>
    ) async -> Waited {
        let (fleet, seeker, patience) = (question.fleet, question.seeker, question.patience)
        var (claim, reply) = (question.claim, first)
        for turn in 1...Self.claims {
            let other: Other
            switch reply {
            case .unavailable: return .call(FlightDuty(lead: lead))
            case .stored:
                if let hit = await load(seeker.key.entry, for: seeker, similarity: nil) { return found(hit, lead) }
                claim.ignoresStored = true
                reply = await fleet.claim(claim)
                continue
            case .held(let holding, let life): other = Other(holding: holding, life: life, similarity: nil)
            case .granted(let lease, let rivals):
                guard let match = seeker.match(among: rivals) else {
                    return .call(FlightDuty(lead: lead, lease: lease))
                }
                // The other began first: of two that mean the same the later gives way.
                lease.end(isKept: false)
                other = Other(
                    holding: FlightHolding(token: match.rival.token, key: match.rival.key), life: fleet.rules.life,
                    similarity: match.similarity)
            }
            let end = await fleet.end(of: other.holding, life: other.life, by: patience)
            if Task.isCancelled { return .gone }
            if end == .late { return late(lead, seeker) }
            if end == .kept, let hit = await load(other.holding.key.entry, for: seeker, similarity: other.similarity) {
                return shared(hit, lead, seeker)
            }
            // Of one that came to nothing nothing more may be expected.
            fleet.forget(other.holding.token)
            if turn < Self.claims { reply = await fleet.claim(claim) }
        }
        if case .granted(let lease, _) = reply { return .call(FlightDuty(lead: lead, lease: lease)) }
        return late(lead, seeker)
    }

    /// A call of another replica.
    private struct Other {
        let holding: FlightHolding
        /// Until when it was heard of at the latest.
        let life: Duration
        /// Of its question, when that is another one.
        let similarity: Float?
    }

    private func late(_ lead: FlightLead<SharedPiece>, _ seeker: Seeker) -> Waited {
        seeker.exchange.note { $0.sharing = .late }
        return .call(FlightDuty(lead: lead))
    }

    private func found(_ hit: CacheHit, _ lead: FlightLead<SharedPiece>) -> Waited {
        lead.withdraw(for: hit.entry, similarity: hit.similarity)
        return .answered(hit)
    }

    private func shared(_ hit: CacheHit, _ lead: FlightLead<SharedPiece>, _ seeker: Seeker) -> Waited {
        lead.withdraw(for: hit.entry, similarity: hit.similarity)
        seeker.exchange.note { $0.sharing = hit.similarity == nil ? .fleet : .fleetSimilar }
        return .answered(hit.coalesced)
    }
}
