import GatewayCore
import NIOConcurrencyHelpers
import NIOCore
import SemanticCache

/// Tells other replicas the parts of a leader's stream while it comes, from the first time that one wants them. It
/// follows the call as a request of this replica does, so the call goes on for those others, too.
final class PartsTeller: Sendable {
    private let question: FleetQuestion
    private let holding: FlightHolding
    private let seat = NIOLockedValueBox<FlightSeat<SharedPiece>?>(nil)

    /// What comes meanwhile goes together.
    private static let pause: Duration = .milliseconds(50)
    /// From so much on, the next parts go by themselves.
    private static let batchBytes = 16 << 10

    init(_ question: FleetQuestion, _ holding: FlightHolding) {
        self.question = question
        self.holding = holding
    }

    /// Begins with the first part. Who was told some already passes over them; no place is left before the new one is
    /// there, so that the call is never deserted between.
    func begin(with lead: FlightLead<SharedPiece>) {
        guard let fresh = lead.follower(FlightWish(readsPieces: true)) else { return }
        let former = seat.withLockedValue { seat in
            defer { seat = fresh }
            return seat
        }
        former?.leave()
        _ = question.seeker.exchange.client.start { [self] in
            await tell(from: fresh)
            seat.withLockedValue { seat in
                if seat === fresh { seat = nil }
            }
        }
    }

    private func tell(from seat: FlightSeat<SharedPiece>) async {
        var place = 0
        while true {
            switch await seat.next() {
            case .pieces(let pieces, _):
                guard await tell(pieces, at: place) else { return }
                place += pieces.count
                try? await Task.sleep(for: Self.pause)
            case .landed(let landing, _):
                let last = FlightParts(first: place, count: 0, contents: ByteBuffer(), isKept: landing.isStored)
                _ = await question.fleet.tell(last, of: holding, from: tenant)
                return
            // The line of the end tells.
            case .failed, .lost, .leads, .again, .late, .cancelled: return
            }
        }
    }

    private func tell(_ pieces: [SharedPiece], at place: Int) async -> Bool {
        var (rest, first) = (pieces[...], place)
        while !rest.isEmpty {
            var contents = ByteBuffer()
            var count = 0
            while contents.readableBytes < Self.batchBytes, let piece = rest.popFirst() {
                piece.write(to: &contents)
                count += 1
            }
            let parts = FlightParts(first: first, count: count, contents: contents)
            guard await question.fleet.tell(parts, of: holding, from: tenant) else { return false }
            first += count
        }
        return true
    }

    private var tenant: TenantID { question.seeker.request.labels.tenant }
}

extension FleetQuestion {
    /// Lets other replicas read the stream of a call that this one leads. Not that of a leader whose time ends: those
    /// who read it would end with it.
    func offerParts(of lead: FlightLead<SharedPiece>, _ lease: FleetLease) {
        guard seeker.wish.readsPieces, seeker.wish.deadline == nil else { return }
        let teller = PartsTeller(self, lease.holding)
        fleet.whenWanted(lease.holding) { [weak lead] in
            if let lead { teller.begin(with: lead) }
        }
    }
}
