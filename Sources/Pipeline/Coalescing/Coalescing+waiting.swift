import GatewayCore
import SemanticCache

extension Coalescing {
    /// How waiting for another replica ended.
    enum Waited: Sendable {
        case answered(CacheHit)
        /// The other's stream.
        case follows(SharedReply)
        /// What the client is told, as the call it waited for has failed.
        case refused(GatewayError)
        /// The call is to be made all the same; the fleet needs not be asked again.
        case call(FlightDuty?)
        /// Nobody wants the answer any more.
        case gone
    }

    /// How often the fleet is asked for one request.
    private static var claims: Int { 6 }

    /// Waits for another replica in place of a call, as long as anybody wants the answer.
    /// - Parameters:
    ///   - claim: what the fleet said to the duty.
    ///   - target: finds a target by its name, to read a stream of another replica that it has answered with.
    func wait(
        for claim: FleetFlights.Claim, _ duty: FlightDuty?, target: @escaping @Sendable (DeploymentID) -> Target?
    ) async -> Waited {
        guard let duty, let question = duty.question else { return .call(nil) }
        let exchange = question.seeker.exchange
        let start = ContinuousClock.now
        let waited = await duty.presence(of: exchange.client).whilePresent { [lead = duty.lead] in
            await wait(for: claim, question, lead, target)
        }
        exchange.note { $0.timings.waited = start.duration(to: .now) }
        return waited
    }

    /// Waits for the replica that has the lead, or asks what means the same. One that fails leaves its lead to the
    /// next: each of a few is waited for once.
    private func wait(
        for first: FleetFlights.Claim, _ question: FleetQuestion, _ lead: FlightLead<SharedPiece>,
        _ target: @escaping @Sendable (DeploymentID) -> Target?
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
                guard let match = seeker.match(among: rivals) else { return leads(lead, lease, question) }
                // The other began first: of two that mean the same the later gives way.
                lease.end(isKept: false)
                other = Other(
                    holding: FlightHolding(token: match.rival.token, key: match.rival.key), life: fleet.rules.life,
                    similarity: match.similarity)
            }
            // Parts of the answer to a similar question are not compared with those who ask the same as this one.
            let heard = await listen(
                to: other.holding, life: other.life, question, by: patience,
                wantsParts: seeker.wish.readsPieces && other.similarity == nil)
            if Task.isCancelled {
                fleet.ignore(other.holding)
                return .gone
            }
            let end: FleetFlights.AwayEnd
            switch heard {
            case .ended(let ended): end = ended
            case .began(let parts, let rest):
                let stream = AwayStream(
                    fleet: fleet, holding: other.holding, tenant: seeker.request.labels.tenant, parts: rest,
                    lead: lead, target: target,
                    load: { await load(other.holding.key.entry, for: seeker, similarity: nil) })
                return await follow(stream, parts, question)
            }
            if end == .late { return late(lead, seeker) }
            if end == .kept, let hit = await load(other.holding.key.entry, for: seeker, similarity: other.similarity) {
                return shared(hit, lead, seeker)
            }
            // Of one that came to nothing nothing more may be expected.
            fleet.forget(other.holding.token)
            if turn < Self.claims { reply = await fleet.claim(claim) }
        }
        if case .granted(let lease, _) = reply { return leads(lead, lease, question) }
        return late(lead, seeker)
    }

    private func leads(_ lead: FlightLead<SharedPiece>, _ lease: FleetLease, _ question: FleetQuestion) -> Waited {
        question.offerParts(of: lead, lease)
        return .call(FlightDuty(lead: lead, lease: lease))
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
