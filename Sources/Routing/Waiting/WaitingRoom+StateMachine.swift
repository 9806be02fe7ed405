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
        private var lanes: [WaitingLane.Key: WaitingLane] = [:]
        /// The lane of each.
        private var places: [Int: WaitingLane.Key] = [:]

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
                notices.append(evicted)
                lane = lanes[guest.lane] ?? lane
            }
            lane.add(WaitingLane.Waiter(id: id, guest: guest, since: now))
            lanes[guest.lane] = lane
            places[id] = guest.lane
            return (.waits, notices + callNext(guest.lane, now: now))
        }

        /// Somebody whose turn it was found room.
        mutating func served(_ id: Int, now: ContinuousClock.Instant) -> [(Int, Notice)] {
            guard let key = places.removeValue(forKey: id) else { return [] }
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
            for key in lanes.keys {
                // One whose time is over when its turn comes is still served.
                notices += callNext(key, now: now)
                guard let lane = lanes[key] else { continue }
                for waiter in lane.waiters where waiter.guest.deadline <= now && waiter.id != lane.asking {
                    let wait = lane.wait(
                        of: waiter.guest, id: waiter.id, since: waiter.since, now: now, ageing: rules.ageing)
                    notices.append((waiter.id, .refused(wait)))
                    places[waiter.id] = nil
                    lanes[key]?.remove(waiter.id)
                }
                notices += callNext(key, now: now)
            }
            return notices
        }

        /// When `tick` has something to do next; nil while nobody waits for the time.
        var due: ContinuousClock.Instant? {
            lanes.values.flatMap { lane in
                lane.waiters.filter { $0.id != lane.asking }.map(\.guest.deadline)
                    + (lane.asking == nil ? [lane.ready] : [])
            }.min()
        }

        private mutating func callNext(_ key: WaitingLane.Key, now: ContinuousClock.Instant) -> [(Int, Notice)] {
            guard let lane = lanes[key] else { return [] }
            guard !lane.waiters.isEmpty else {
                lanes[key] = nil
                return []
            }
            guard lane.asking == nil, lane.ready <= now, let next = lane.next(now: now, ageing: rules.ageing) else {
                return []
            }
            lanes[key]?.asking = next
            return [(next, .asks)]
        }

        /// Takes the newest of the tenant that fills the room most for its weight, if that is more than the guest's
        /// tenant would: a tenant cannot keep the others out by coming often.
        private mutating func evict(for guest: WaitingGuest, now: ContinuousClock.Instant) -> (Int, Notice)? {
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
                largest.key != guest.tenant, largest.value.load > own, let key = places[largest.value.newest],
                let lane = lanes[key], let waiter = lane.waiters.first(where: { $0.id == largest.value.newest })
            else { return nil }
            let wait = lane.wait(
                of: waiter.guest, id: waiter.id, since: waiter.since, now: now, ageing: rules.ageing)
            places[waiter.id] = nil
            lanes[key]?.remove(waiter.id)
            if lanes[key]?.waiters.isEmpty ?? false { lanes[key] = nil }
            return (waiter.id, .refused(wait))
        }
    }
}
