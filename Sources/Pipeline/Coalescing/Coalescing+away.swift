import GatewayCore
import SemanticCache

extension Coalescing {
    /// What is heard of another replica's call.
    enum Heard: Sendable {
        case ended(FleetFlights.AwayEnd)
        /// With its first parts, and those that follow.
        case began(FlightParts, AsyncStream<FlightParts>)
    }

    /// How often parts are asked for: who leads may not have heard of it.
    private static let wish: Duration = .seconds(1)

    /// Waits for the end of another replica's call, or for the first parts of its answer where they are wanted.
    /// - Parameter life: until when the other was heard of at the latest.
    func listen(
        to other: FlightHolding, life: Duration, _ question: FleetQuestion, by patience: ContinuousClock.Instant,
        wantsParts: Bool
    ) async -> Heard {
        let fleet = question.fleet
        guard wantsParts else { return .ended(await fleet.end(of: other, life: life, by: patience)) }
        let parts = fleet.parts(of: other)
        let heard = await withTaskGroup(of: Heard?.self) { group -> Heard? in
            group.addTask { .ended(await fleet.end(of: other, life: life, by: patience)) }
            group.addTask {
                for await told in parts where told.first == 0 && told.count > 0 { return .began(told, parts) }
                return nil
            }
            group.addTask {
                while !Task.isCancelled {
                    await fleet.want(other)
                    try? await Task.sleep(for: Self.wish)
                }
                return nil
            }
            defer { group.cancelAll() }
            while let heard = await group.next() {
                if let heard { return heard }
            }
            return nil
        }
        if case .began? = heard { return heard ?? .ended(.late) }
        fleet.ignore(other)
        return heard ?? .ended(.late)
    }

    /// Reads another replica's stream as those do who follow this request.
    func follow(
        _ stream: AwayStream, _ first: FlightParts, _ question: FleetQuestion
    ) async -> Waited {
        let (seeker, lead) = (question.seeker, stream.lead)
        guard let seat = lead.follower(seeker.wish) else {
            stream.fleet.ignore(stream.holding)
            return .call(FlightDuty(lead: lead))
        }
        let reading = seeker.exchange.client.start { await stream.relay(first) }
        lead.whenDeserted { reading.cancel() }
        do throws(GatewayError) {
            switch try await ride(seat, seeker) {
            case .answered(let hit):
                seeker.exchange.note { $0.sharing = .fleet }
                return .answered(hit)
            case .follows(let reply):
                seeker.exchange.note { $0.sharing = .fleet }
                return .follows(reply)
            case .leads(let next): return .call(FlightDuty(lead: next, question: question))
            case .again: return .call(nil)
            }
        } catch {
            return .refused(error)
        }
    }
}
