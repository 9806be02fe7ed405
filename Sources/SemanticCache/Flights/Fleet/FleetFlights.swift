import GatewayCore
package import Logging
import NIOConcurrencyHelpers
import NIOCore

/// One call for all replicas: who has the lead for a question makes it, the others wait for its answer to be stored.
///
/// Nothing in here fails a request: where the store is slow or gone, each replica calls for itself.
package final class FleetFlights: Sendable {
    typealias Waiter = CheckedContinuation<Bool?, Never>

    /// What a claim came to.
    package enum Claim: Sendable {
        /// This replica leads. It should look whether one of `rivals`, which were there before, answers it, too.
        case granted(FleetLease, rivals: [AwayFlight])
        /// Another leads.
        case held(FlightHolding, life: Duration)
        /// There is an answer.
        case stored
        /// The store does not say.
        case unavailable
    }

    /// How waiting for another replica ended.
    package enum AwayEnd: Sendable {
        /// The answer was stored.
        case kept
        /// There is no answer in the store.
        case failed
        /// Nobody leads any more, and nobody has said why.
        case gone
        /// It takes too long.
        case late
    }

    struct State: Sendable {
        var away: AwayTable<Waiter>
        var held: [FlightHolding: ContinuousClock.Instant] = [:]
        var isListening = false
        /// That wait to be told.
        var ends = CircularBuffer<(holding: FlightHolding, isKept: Bool)>()
        /// Told that parts of own leads' answers are wanted.
        var tellers: [FlightToken: @Sendable () -> Void] = [:]
        /// Own leads whose parts are wanted and that have nobody yet to tell them.
        var wanted: Set<FlightToken> = []
        /// Read the parts of other replicas' answers.
        var listeners: [FlightToken: AsyncStream<FlightParts>.Continuation] = [:]
    }

    package let rules: FleetRules
    let leases: any FlightLeases
    private let logger: Logger
    let state: NIOLockedValueBox<State>
    /// Yields when there are ends to be told.
    private let wakes: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation

    /// Ends that wait to be told; with more the oldest are lost, and their leads end by themselves.
    private static let capacity = 4096
    private static let wait: Duration = .seconds(5)
    private static let longestPause: Duration = .seconds(5)

    package init(leases: any FlightLeases, rules: FleetRules = FleetRules(), logger: Logger) {
        self.leases = leases
        self.rules = rules
        self.logger = logger
        state = NIOLockedValueBox(State(away: AwayTable(glow: rules.glow)))
        (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Leads held by this replica, and calls of others that it knows of.
    package var counts: (held: Int, away: Int) { state.withLockedValue { ($0.held.count, $0.away.count) } }

    /// Whether lines of other replicas are heard. While they are not, ends are noticed when leads run out.
    package var isListening: Bool { state.withLockedValue { $0.isListening } }

    /// Asks for the lead. One round trip.
    package func claim(_ claim: FlightClaim) async -> Claim {
        guard let reply = try? await leases.claim(claim) else { return .unavailable }
        switch reply {
        case .stored: return .stored
        case .held(let token, let life):
            return .held(FlightHolding(token: token, key: claim.key), life: life)
        case .granted(let token, let before):
            let holding = FlightHolding(token: token, key: claim.key)
            take(before)
            leases.taken(with: holding)
            let rivals = state.withLockedValue { state in
                state.held[holding] = .now
                guard let announced = claim.announced else { return [AwayFlight]() }
                return state.away.rivals(
                    of: claim.key, from: announced.tenant, before: token, atMost: rules.courses)
            }
            let lease = FleetLease(holding) { [weak self] holding, isKept in self?.end(holding, isKept: isKept) }
            return .granted(lease, rivals: rivals)
        }
    }

    /// Waits for the end of another replica's call, until `deadline` at the latest. A cancelled task is late at once.
    /// - Parameter life: until when the other was heard of at the latest.
    package func end(
        of other: FlightHolding, life: Duration, by deadline: ContinuousClock.Instant
    ) async -> AwayEnd {
        var life = life
        while !Task.isCancelled {
            let patience = min(.now + life, deadline)
            if let isKept = await ended(other.token, by: patience) { return isKept ? .kept : .failed }
            guard ContinuousClock.now < deadline else { break }
            let holder = try? await leases.holder(of: other.key)
            guard let holder, holder.token == other.token else {
                state.withLockedValue { $0.away.forget(other.token) }
                return .gone
            }
            // Never less than a moment: a lead about to end must not be asked for in a loop.
            life = max(holder.life, .milliseconds(50))
        }
        return .late
    }

    /// Nothing is to be expected of a call any more.
    package func forget(_ token: FlightToken) { state.withLockedValue { $0.away.forget(token) } }

    /// Tells what is to be told and listens, until the task is cancelled.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.tell() }
            group.addTask { await self.beat() }
            group.addTask { await self.follow() }
        }
    }

    // MARK: - Own leads

    private func end(_ holding: FlightHolding, isKept: Bool) {
        let teller = state.withLockedValue { state in
            state.held[holding] = nil
            state.wanted.remove(holding.token)
            state.ends.append((holding, isKept))
            if state.ends.count > Self.capacity { state.ends.removeFirst() }
            return state.tellers.removeValue(forKey: holding.token)
        }
        // What it holds is not to end under the lock.
        withExtendedLifetime(teller) { _ = waker.yield() }
    }

    /// What ends while others are told is told with the next ones.
    private func tell() async {
        for await _ in wakes {
            let ends = state.withLockedValue { state in
                defer { state.ends.removeAll() }
                return Array(state.ends)
            }
            if ends.isEmpty { continue }
            try? await leases.end(ends)
            // Who takes over in this replica may have met its own old lock.
            take(ends.map { .ended($0.holding.token, isKept: $0.isKept) })
        }
    }

    /// Prolongs what has been held for a while. What Redis does not hear of ends by itself.
    private func beat() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: rules.beat)
            let due = state.withLockedValue { state in
                state.held.filter { $0.value.duration(to: .now) >= rules.beat }.map(\.key)
            }
            if !due.isEmpty { try? await leases.renew(due) }
        }
    }

    // MARK: - Others

    /// Hears what other replicas tell. Where it is deaf, who waits goes on by itself when its patience is over.
    private func follow() async {
        var pause: Duration = .milliseconds(50)
        var isTold = false
        var position: FlightPosition?
        defer { listens(false) }
        while !Task.isCancelled {
            do throws(CacheStoreError) {
                position = try await start(after: position)
                listens(true)
                while let last = position, !Task.isCancelled {
                    let (lines, next) = try await leases.lines(after: last, wait: Self.wait)
                    position = next
                    take(lines)
                    pause = .milliseconds(50)
                    isTold = false
                    // Also behind lines of our own, which wake the reader as others' do.
                    if next != last { try? await Task.sleep(for: LogBreath.length) }
                }
            } catch {
                if Task.isCancelled { return }
                listens(false)
                if !isTold {
                    logger.warning("calls of other replicas are not heard of", metadata: ["reason": "\(error)"])
                }
                isTold = true
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    /// Behind what was heard before the connection was lost: what was told meanwhile is heard now.
    private func start(after last: FlightPosition?) async throws(CacheStoreError) -> FlightPosition {
        guard let last else { return try await leases.head() }
        return try await leases.resume(at: last)
    }

    private func listens(_ isListening: Bool) { state.withLockedValue { $0.isListening = isListening } }

    private func take(_ lines: [FlightLine]) {
        let now = ContinuousClock.now
        for line in lines {
            if case .wanted(let token) = line { hear(wishFor: token) }
            if case .parts(let token, let parts) = line { hear(parts, of: token) }
            let told = state.withLockedValue { $0.away.take(line, now: now) }
            for (waiter, isKept) in told { waiter.resume(returning: isKept) }
        }
    }

    /// - Returns: nil when it did not end by then, or the task was cancelled.
    private func ended(_ token: FlightToken, by patience: ContinuousClock.Instant) async -> Bool? {
        await withTaskGroup(of: Bool?.self) { group in
            group.addTask { await self.ended(token) }
            group.addTask {
                try? await Task.sleep(until: patience)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private func ended(_ token: FlightToken) async -> Bool? {
        let place = NIOLockedValueBox<Int?>(nil)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                let known: Bool?? = state.withLockedValue { state in
                    if Task.isCancelled { return .some(nil) }
                    let (isKept, number) = state.away.listen(token, waiter: waiter)
                    if let isKept { return .some(isKept) }
                    place.withLockedValue { $0 = number }
                    return nil
                }
                if let known { waiter.resume(returning: known) }
            }
        } onCancel: {
            let waiter = state.withLockedValue { state in
                place.withLockedValue { $0 }.flatMap { state.away.leave($0, of: token) }
            }
            waiter?.resume(returning: nil)
        }
    }
}
