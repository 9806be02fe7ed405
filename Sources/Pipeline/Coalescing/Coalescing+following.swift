import GatewayCore
import SemanticCache

extension Coalescing {
    /// Waits for the first word of another's call.
    func ride(
        _ seat: FlightSeat<SharedPiece>, _ seeker: Seeker
    ) async throws(GatewayError) -> FlightEnd {
        let unwatch = seeker.exchange.client.whenGone { seat.leave() }
        let start = ContinuousClock.now
        let news = await seat.next(by: seeker.deadline)
        unwatch()
        seeker.exchange.note { $0.timings.waited = start.duration(to: .now) }
        switch news {
        case .landed(let landing, let similarity): return answered(landing, seeker, similarity: similarity)
        case .pieces(let pieces, let similarity):
            let stream = SharedReply(
                seat: seat, pieces: pieces, request: seeker.request.request, exchange: seeker.exchange,
                deadline: seeker.deadline)
            seeker.exchange.shares(similarity: similarity)
            return .follows(stream)
        case .failed(let failure): throw failure.error(for: seeker.exchange.api)
        case .leads(let lead):
            seeker.exchange.note { $0.sharing = .promoted }
            return .leads(lead)
        case .again(let failures): return .again(failures: failures)
        case .lost: return .again(failures: 0)
        case .late: throw Self.late
        case .cancelled: throw Dispatch.gone
        }
    }

    private func answered(_ landing: FlightLanding, _ seeker: Seeker, similarity: Float?) -> FlightEnd {
        guard let hit = landing.hit(similarity: similarity) else { return .again(failures: 0) }
        seeker.exchange.note { $0.sharing = similarity == nil ? .process : .similar }
        return .answered(hit)
    }

    static let late = GatewayError(.providerTimeout, "there was no answer within the time that the request gave")
}
