import GatewayCore

extension WaitingRoom {
    /// The room's pure half: who waits for what, and what happens to them. Times are handed in.
    struct StateMachine {
        /// What became of somebody who wants room.
        enum Arrival: Equatable {
            /// Nobody waits for it: ask at once.
            case asks
            case waits
            /// It would take this long, which is longer than may be waited.
            case refused(Duration)
        }

        /// What somebody who waits is told.
        enum Notice: Equatable {
            /// It is its turn: it asks for room and tells what came of it.
            case asks
            /// It would take this long from now on.
            case refused(Duration)
        }

        private let rules: WaitingRules
        private(set) var lanes: [WaitingLane.Key: WaitingLane] = [:]
        /// The lane of each.
        private var places: [Int: WaitingLane.Key] = [:]
        /// Until when those wait whose turn it is not.
        private var deadlines = DeadlineQueue<Int>()
        /// When the next of each lane may ask; without those where one asks already.
        private var turns = DeadlineQueue<WaitingLane.Key>()

        init(_ rules: WaitingRules) { self.rules = rules }

        var count: Int { places.count }

        /// Somebody comes.
        /// - Parameters:
        ///   - id: larger than all before.
        ///   - denial: what came of asking; nil for one that has not asked yet, to keep the order.
        mutating func arrive(
            _ guest: WaitingGuest, id: Int, denial: WaitingDenial?, now: ContinuousClock.Instant
        ) -> (Arrival, notices: [(Int, Notice)]) {
            guard let denial = denial ?? lanes[guest.lane].map({ lane in
                WaitingDenial(retryAfter: max(now.duration(to: lane.ready), .zero), endsWithCalls: lane.endsWithCalls)
            }) else { return (.asks, []) }
            var lane = lanes[guest.lane] ?? WaitingLane(denial, now: now)
            let wait = lane.wait(of: guest, id: id, since: now, now: now, ageing: rules.ageing)
            guard now + wait <= guest.deadline else { return (.refused(wait), []) }
            var notices: [(Int, Notice)] = []
            if places.count >= rules.capacity {
                guard let evicted = evict(for: guest, now: now) else { return (.refused(wait), []) }
                notices += evicted
                // It may have been the last of this very lane.
                lane = lanes[guest.lane] ?? WaitingLane(denial, now: now)
            }
            lane.add(WaitingLane.Waiter(id: id, guest: guest, since: now))
            lanes[guest.lane] = lane
            places[id] = guest.lane
            deadlines.set(id, guest.deadline)
            return (.waits, notices + callNext(guest.lane, now: now))
        }

        /// Somebody whose turn it was found room.
        mutating func served(_ id: Int, now: ContinuousClock.Instant) -> [(Int, Notice)] {
            guard let key = places.removeValue(forKey: id) else { return [] }
            deadlines.remove(id)
            lanes[key]?.serve(id)
            // Where one found room another may.
            lanes[key]?.ready = now
            return callNext(key, now: now)
        }

        /// Somebody whose turn it was found none, and keeps its place.
        mutating func denied(
            _ id: Int, _ denial: WaitingDenial, now: ContinuousClock.Instant
        ) -> (Arrival, notices: [(Int, Notice)]) {
            guard let key = places[id], var lane = lanes[key],
                let waiter = lane.waiters.first(where: { $0.id == id })
            else { return (.asks, []) }
            lane.asking = nil
            deadlines.set(id, waiter.guest.deadline)
            lane.ready = lane.callEnded && denial.endsWithCalls ? now : now + denial.retryAfter
            lane.endsWithCalls = denial.endsWithCalls
            lane.callEnded = false
            lanes[key] = lane
            let wait = lane.wait(of: waiter.guest, id: id, since: waiter.since, now: now, ageing: rules.ageing)
            if now + wait > waiter.guest.deadline { return (.refused(wait), leave(id, now: now)) }
            return (.waits, callNext(key, now: now))
        }

        /// Somebody waits no more, or was not served when its turn came.
        mutating func leave(_ id: Int, now: ContinuousClock.Instant) -> [(Int, Notice)] {
            guard let key = places.removeValue(forKey: id) else { return [] }
            deadlines.remove(id)
            lanes[key]?.remove(id)
            return callNext(key, now: now)
        }

        /// Calls of these ended here, which may have made room.
        mutating func callEnded(_ members: [String], now: ContinuousClock.Instant) -> [(Int, Notice)] {
            var notices: [(Int, Notice)] = []
            for (key, lane) in lanes where lane.endsWithCalls && key.members.contains(where: members.contains) {
                lanes[key]?.callEnded = lane.asking != nil
                if lane.asking == nil { lanes[key]?.ready = now }
                notices += callNext(key, now: now)
            }
            return notices
        }

        /// Time went by.
        mutating func tick(now: ContinuousClock.Instant) -> [(Int, Notice)] {
            var notices: [(Int, Notice)] = []
            // One whose time is over when its turn comes is still served.
            while let turn = turns.first, turn.due <= now { notices += callNext(turn.key, now: now) }
            while let over = deadlines.first, over.due <= now {
                if let refused = refuse(over.key, now: now) { notices.append(refused) }
                notices += leave(over.key, now: now)
                deadlines.remove(over.key)
            }
            return notices
        }

        /// When `tick` has something to do next; nil while nobody waits for the time.
        var due: ContinuousClock.Instant? {
            [turns.first?.due, deadlines.first?.due].compactMap(\.self).min()
        }

        /// Who waits, and for how long.
        func figures(now: ContinuousClock.Instant) -> WaitingFigures {
            var figures = WaitingFigures()
            for waiter in lanes.values.lazy.flatMap(\.waiters) {
                figures.waiting[waiter.guest.priority, default: 0] += 1
                figures.oldest = max(figures.oldest, waiter.since.duration(to: now))
            }
            return figures
        }

        /// What one is told that waits no longer: the honest rest.
        private func refuse(_ id: Int, now: ContinuousClock.Instant) -> (Int, Notice)? {
            guard let key = places[id], let lane = lanes[key], let waiter = lane.waiters.first(where: { $0.id == id })
            else { return nil }
            let wait = lane.wait(of: waiter.guest, id: id, since: waiter.since, now: now, ageing: rules.ageing)
            return (id, .refused(wait))
        }

        private mutating func callNext(_ key: WaitingLane.Key, now: ContinuousClock.Instant) -> [(Int, Notice)] {
            guard let lane = lanes[key] else { return [] }
            turns.remove(key)
            guard !lane.waiters.isEmpty else {
                lanes[key] = nil
                return []
            }
            guard lane.asking == nil else { return [] }
            guard lane.ready <= now, let next = lane.next(now: now, ageing: rules.ageing) else {
                turns.set(key, lane.ready)
                return []
            }
            lanes[key]?.asking = next
            deadlines.remove(next)
            return [(next, .asks)]
        }

        /// Takes the newest of the tenant that fills the room most for its weight, if that is more than the guest's
        /// tenant would: a tenant cannot keep the others out by coming often.
        private mutating func evict(for guest: WaitingGuest, now: ContinuousClock.Instant) -> [(Int, Notice)]? {
            var loads: [TenantID: (load: Double, newest: Int)] = [:]
            for lane in lanes.values {
                for waiter in lane.waiters {
                    let known = loads[waiter.guest.tenant] ?? (0, -1)
                    let newest = waiter.id == lane.asking ? known.newest : max(known.newest, waiter.id)
                    loads[waiter.guest.tenant] = (known.load + 1 / waiter.guest.share, newest)
                }
            }
            let own = (loads[guest.tenant]?.load ?? 0) + 1 / guest.share
            guard let largest = loads.filter({ $0.value.newest >= 0 }).max(by: { $0.value.load < $1.value.load }),
                largest.key != guest.tenant, largest.value.load > own,
                let refused = refuse(largest.value.newest, now: now)
            else { return nil }
            return [refused] + leave(refused.0, now: now)
        }
    }
}
