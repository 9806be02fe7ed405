import GatewayCore
import SemanticCache

/// How a ride of one turn ends.
enum FlightEnd: Sendable {
    case answered(CacheHit)
    case follows(SharedReply)
    case leads(FlightLead<SharedPiece>)
    case again(failures: Int)
}

extension Coalescing {
    /// The first to ask looks whether another question under way means the same, and follows that one.
    func resolve(
        _ lead: FlightLead<SharedPiece>, _ rivals: [FlightRival], _ seeker: Seeker, _ wish: FlightWish
    ) async throws(GatewayError) -> FlightEnd {
        guard let match = seeker.match(among: rivals.map(\.course)) else { return .leads(lead) }
        let rival = rivals[match.place]
        if rival.isStored {
            guard let hit = await load(rival.entry, for: seeker, similarity: match.similarity) else {
                return .leads(lead)
            }
            lead.withdraw(for: rival.entry, similarity: match.similarity)
            return .answered(hit)
        }
        guard let seat = lead.join(rival, similarity: match.similarity, wish: wish) else { return .leads(lead) }
        return try await ride(seat, seeker)
    }

    /// Turns the end of a ride into what the request does next.
    func settle(_ end: FlightEnd, _ seeker: Seeker) -> Turn {
        switch end {
        case .answered(let hit): return .answered(hit)
        case .follows(let stream): return .follows(stream)
        case .again: return .call(nil)
        case .leads(let lead):
            let asked = seeker.isStoreDown ? nil : fleet
            return .call(FlightDuty(lead: lead, question: asked.map { FleetQuestion(fleet: $0, seeker: seeker) }))
        }
    }
}
