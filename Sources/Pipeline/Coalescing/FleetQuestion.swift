import GatewayCore
import SemanticCache

/// What a request that leads in its process asks the fleet: whether the call is its to make.
struct FleetQuestion: Sendable {
    let fleet: FleetFlights
    let seeker: Coalescing.Seeker

    func ask() async -> FleetFlights.Claim { await fleet.claim(claim) }

    var claim: FlightClaim { FlightClaim(key: seeker.key, announced: seeker.announced) }

    /// Until when it waits for other replicas. Of its own time it keeps a half, for a call of its own.
    var patience: ContinuousClock.Instant {
        let now = ContinuousClock.now
        let end = now + fleet.rules.wait
        return seeker.deadline.map { min(now + now.duration(to: $0) / 2, end) } ?? end
    }
}

extension Coalescing.Seeker {
    /// The most similar of questions under way whose answer the hit rule would serve to this one.
    func match(among courses: [FlightCourse]) -> (place: Int, similarity: Float)? {
        func match(by rule: some HitRule) -> (place: Int, similarity: Float)? {
            course?.match(among: courses, by: rule)
        }
        return courses.isEmpty ? nil : match(by: rule)
    }

    /// The same of calls of other replicas.
    func match(among rivals: [AwayFlight]) -> (rival: AwayFlight, similarity: Float)? {
        let comparable = rivals.filter { $0.course != nil }
        return match(among: comparable.compactMap(\.course)).map { (comparable[$0.place], $0.similarity) }
    }
}
