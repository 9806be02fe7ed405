import GatewayCore

extension RouteAttempts {
    /// Waits behind those who wait already for the same targets, or for calls of the same tenant, team or key
    /// to end.
    /// - Returns: nil when nobody does.
    mutating func lineUp() async throws(GatewayError) -> WaitingRoom.Seat? {
        guard waiting != nil, desk.room.count > 0, let estimate = candidates.first?.estimate else { return nil }
        for scope in scopes {
            guard let most = scope.limits.concurrency else { continue }
            let lane = WaitingLane.Key([scope.scope.description])
            let denial = Denial(
                cause: .concurrency(scope.scope), dimension: nil, limit: most, used: most, retryAfter: nil)
            if let seat = try await lineUp(in: lane, turn: Self.callTurn(most), denial) { return seat }
        }
        let denial = Denial(cause: .upstream, dimension: nil, limit: nil, used: 0, retryAfter: nil)
        return try await lineUp(in: targetLane, turn: turn(estimate), denial)
    }

    /// - Parameter denial: what one is told that would have to wait for too long.
    private mutating func lineUp(
        in lane: WaitingLane.Key, turn: Double, _ denial: Denial
    ) async throws(GatewayError) -> WaitingRoom.Seat? {
        guard let guest = guest(lane, turn: turn) else { return nil }
        return try await wait(GatewayError(denial)) { await $0.arrive(guest, denial: nil) }
    }

    /// Waits until it may ask again, if a wait helps and is allowed.
    /// - Parameters:
    ///   - seat: what it holds; given up unless it waits on in the same line.
    ///   - callsEnded: of the room, before it asked.
    /// - Throws: what the denial means for the client, with the honest time to come again.
    mutating func wait(
        after denial: Denial, _ seat: WaitingRoom.Seat?, estimate: TokenEstimate, callsEnded: Int
    ) async throws(GatewayError) -> WaitingRoom.Seat? {
        let error = GatewayError(denial)
        guard let lane = lane(of: denial), let retryAfter = denial.retryAfter,
            let guest = guest(lane, turn: turn(of: denial, estimate))
        else {
            if let seat { desk.room.leave(seat) }
            throw error
        }
        let isTokens = denial.dimension != .requests && denial.dimension != .requestsPerDay
        let waits = WaitingDenial(retryAfter: retryAfter, endsWithCalls: isTokens)
        if let seat, seat.lane == lane { return try await wait(error, { await $0.denied(seat, waits) }) }
        if let seat { desk.room.leave(seat) }
        return try await wait(error, { await $0.arrive(guest, denial: waits, callsEnded: callsEnded) })
    }

    private mutating func wait(
        _ error: GatewayError, _ get: (WaitingRoom) async -> WaitingRoom.Turn
    ) async throws(GatewayError) -> WaitingRoom.Seat? {
        let start = desk.room.now
        let turn = await get(desk.room)
        let time = start.duration(to: desk.room.now)
        switch turn {
        case .asks(nil): return nil
        case .asks(let seat):
            queued = (queued ?? .zero) + time
            return seat
        case .refused(let wait, let hasWaited):
            if hasWaited { queued = (queued ?? .zero) + time }
            var honest = GatewayError(error.code, error.message, retryAfter: wait)
            honest.refusal = error.refusal
            honest.limit = error.limit
            throw honest
        case .cancelled:
            queued = (queued ?? .zero) + time
            throw GatewayError(.clientGone, "the client went away while its request waited for room")
        }
    }

    private var targetLane: WaitingLane.Key {
        WaitingLane.Key(candidates.map(\.target.deployment.description))
    }

    /// What is waited for; nil where a wait does not help: for money, and for the caller's own rates.
    private func lane(of denial: Denial) -> WaitingLane.Key? {
        switch denial.cause {
        case .upstream: targetLane
        case .concurrency(let scope): desk.room.rules.waitsForConcurrency ? WaitingLane.Key([scope.description]) : nil
        case .scope, .budget: nil
        }
    }

    private func guest(_ lane: WaitingLane.Key, turn: Double) -> WaitingGuest? {
        let rest = desk.room.rules.longestWait - (queued ?? .zero)
        guard let waiting, rest > .zero else { return nil }
        let longest = desk.room.now + rest
        return WaitingGuest(
            lane: lane, tenant: waiting.tenant, weight: waiting.weight, priority: waiting.priority,
            deadline: waiting.deadline.map { min($0, longest) } ?? longest, turn: turn)
    }

    private func turn(of denial: Denial, _ estimate: TokenEstimate) -> Double {
        if case .concurrency = denial.cause { return Self.callTurn(denial.limit ?? 1) }
        return turn(estimate)
    }

    /// How many seconds it takes until one of that many calls under way ends, by guess.
    private static func callTurn(_ most: Int) -> Double { Denial.concurrencyWait / .seconds(1) / Double(max(1, most)) }

    /// How many seconds the limits need to make room for one more request of this size: by the tightest dimension that
    /// limits all targets, all their limits together.
    private func turn(_ estimate: TokenEstimate) -> Double {
        let (input, output) = (Double(max(0, estimate.input)), Double(max(0, estimate.reservedOutput)))
        let turns = LimitDimension.allCases.compactMap { dimension -> Double? in
            let limits = candidates.compactMap { $0.limits[dimension].map(Double.init) }
            guard limits.count == candidates.count else { return nil }
            let cost =
                switch dimension {
                case .requests, .requestsPerDay: 1.0
                case .inputTokens: input
                case .outputTokens: output
                case .totalTokens, .tokensPerDay: input + output
                }
            return cost * (dimension.isDaily ? 86_400 : 60) / max(1, limits.reduce(0, +))
        }
        if let longest = turns.max() { return longest }
        let calls = candidates.compactMap(\.limits.concurrency)
        return calls.count == candidates.count ? Self.callTurn(calls.reduce(0) { $0 + min($1, 1 << 32) }) : 0
    }
}
