import GatewayCore

/// Those who wait for the same room, and whose turn it is. Pure: time is handed in.
///
/// Start-time fair queueing (Goyal, Vin and Cheng, 1996): a tenant's turn begins at the virtual time at which its last
/// one ended, or now if it was away, and ends after the turn's length divided by its weight; the one that begins first
/// is served first. Nobody starves: who waits keeps its beginning while those of the others move on.
struct WaitingLane {
    /// The deployments, or the scope, whose room is waited for, sorted.
    struct Key: Hashable, Sendable {
        let members: [String]

        init(_ members: [String]) { self.members = members.sorted() }
    }

    struct Waiter {
        let id: Int
        let guest: WaitingGuest
        let since: ContinuousClock.Instant
    }

    private(set) var waiters: [Waiter] = []
    /// When the one whose turn it is may ask for room.
    var ready: ContinuousClock.Instant
    /// Who asks now. Only one at a time, or the order would be that of their answers.
    var asking: Int?
    var endsWithCalls: Bool
    /// Whether a call ended while somebody asked, whose answer may be older.
    var callEnded = false
    private var virtualTime = 0.0
    /// Where each tenant's next turn begins.
    private var starts: [TenantID: Double] = [:]

    init(_ denial: WaitingDenial, now: ContinuousClock.Instant) {
        ready = now + denial.retryAfter
        endsWithCalls = denial.endsWithCalls
    }

    mutating func add(_ waiter: Waiter) {
        let tenant = waiter.guest.tenant
        if !waiters.contains(where: { $0.guest.tenant == tenant }) {
            starts[tenant] = max(starts[tenant] ?? 0, virtualTime)
        }
        waiters.append(waiter)
    }

    /// Takes somebody out who was not served.
    mutating func remove(_ id: Int) {
        waiters.removeAll { $0.id == id }
        if asking == id { asking = nil }
    }

    /// Takes somebody out who was.
    mutating func serve(_ id: Int) {
        if let guest = waiters.first(where: { $0.id == id })?.guest {
            let start = starts[guest.tenant] ?? virtualTime
            virtualTime = max(virtualTime, start)
            starts[guest.tenant] = start + guest.turn / guest.share
        }
        remove(id)
        // Tenants that are away and have nothing to make up for are as good as new ones.
        if starts.count > 2 * waiters.count + 16 {
            let waiting = Set(waiters.map(\.guest.tenant))
            starts = starts.filter { waiting.contains($0.key) || $0.value > virtualTime }
        }
    }

    /// Whose turn it is.
    func next(now: ContinuousClock.Instant, ageing: Duration) -> Int? {
        func key(_ waiter: Waiter) -> (Int, Double, Int) {
            (rank(waiter, now: now, ageing: ageing), starts[waiter.guest.tenant] ?? virtualTime, waiter.id)
        }
        return waiters.min { key($0) < key($1) }?.id
    }

    /// How long somebody would wait who came now, or waits already: until the first may ask, and for the turns of those
    /// who are served before. Exact while nobody comes or goes and all turns of a tenant are alike.
    func wait(of guest: WaitingGuest, id: Int, since: ContinuousClock.Instant, now: ContinuousClock.Instant,
        ageing: Duration
    ) -> Duration {
        let own = rank(Waiter(id: id, guest: guest, since: since), now: now, ageing: ageing)
        var before = 0.0
        var ownTurns = 0.0
        var others: [TenantID: (turns: Double, share: Double)] = [:]
        for waiter in waiters where waiter.id != id {
            let rank = rank(waiter, now: now, ageing: ageing)
            if rank < own {
                before += waiter.guest.turn
            } else if rank == own, waiter.guest.tenant != guest.tenant {
                others[waiter.guest.tenant, default: (0, waiter.guest.share)].turns += waiter.guest.turn
            } else if rank == own, waiter.id < id {
                ownTurns += waiter.guest.turn
            }
        }
        let isHere = waiters.contains { $0.guest.tenant == guest.tenant }
        let known = starts[guest.tenant] ?? 0
        // The virtual time at which its own turn begins; another tenant is served before as far as its turns begin
        // earlier.
        let start = (isHere ? known : max(known, virtualTime)) + ownTurns / guest.share
        for (tenant, other) in others {
            before += min(other.turns, max(0, start - (starts[tenant] ?? virtualTime)) * other.share)
        }
        let seconds = min(before + ownTurns, Self.longest)
        return max(now.duration(to: ready), .zero) + .seconds(seconds)
    }

    private func rank(_ waiter: Waiter, now: ContinuousClock.Instant, ageing: Duration) -> Int {
        guard ageing > .zero else { return 0 }
        let steps = min(max(waiter.since.duration(to: now) / ageing, 0), 1_000)
        return max(0, waiter.guest.priority.rank - Int(steps))
    }

    /// Seconds; nobody waits a day.
    private static let longest = 86_400.0
}
