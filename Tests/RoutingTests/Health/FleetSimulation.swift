import Foundation
import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers

@testable import Routing

/// Replicas with a board and a balancer each, one store between them, targets, and requests that arrive at random.
/// Time is simulated and every draw comes from one seed.
final class FleetSimulation {
    /// One call of a target.
    struct Call {
        let time: Double
        let target: Int
        let replica: Int
        let kind: AttemptTicket.Kind
        /// Whether the request had not called another target before.
        let isFirst: Bool
    }

    private final class Replica {
        let board: HealthBoard
        let balancer: RouteBalancer
        var isExchanging = false
        var mustExchange = false

        init(board: HealthBoard, balancer: RouteBalancer) {
            self.board = board
            self.balancer = balancer
        }
    }

    private let targets: [SimulatedTarget]
    private let rate: (Double) -> Double
    private let tokens: ClosedRange<Int>
    private let store: InMemoryHealthStore
    private let unix = NIOLockedValueBox(UnixTime(milliseconds: 1_700_000_000_000))
    private let start = ContinuousClock.now
    private var replicas: [Replica] = []
    private var events = EventQueue()
    private var generator: SeededGenerator
    private var time = 0.0
    private var end = 0.0
    /// Whether replicas can reach the store.
    var isStoreUp: (Double) -> Bool = { _ in true }
    /// The extra of a candidate, such as its price.
    var amend: (inout StrategyCandidate, Double) -> Void = { _, _ in }

    private var hasStarted = false
    /// Whether ``calls`` are kept.
    var keepsCalls = true

    private(set) var calls: [Call] = []
    /// Calls that found out whether a target is well again.
    private(set) var probes = 0
    private(set) var answered = 0
    private(set) var unanswered = 0
    /// Of each request that was not answered: its attempts.
    private(set) var attemptsInVain: [Int] = []
    /// The most calls that were under way at once, by target; and their sum over requests, to take the mean.
    private(set) var mostInFlight: [Int]
    private(set) var inFlight: [Int]
    private(set) var inFlightSums: [Int]

    init(
        replicas: Int, targets: [SimulatedTarget], rule: RouteRule, rules: HealthRules = HealthRules(),
        rate: @escaping (Double) -> Double, tokens: ClosedRange<Int> = 100...300, seed: UInt64
    ) {
        self.targets = targets
        self.rate = rate
        self.tokens = tokens
        generator = SeededGenerator(seed: seed)
        store = InMemoryHealthStore(rules: rules) { [unix] in unix.withLockedValue { $0 } }
        mostInFlight = targets.map { _ in 0 }
        inFlight = mostInFlight
        inFlightSums = mostInFlight
        self.replicas = (0..<replicas).map { number in
            let board = HealthBoard(rules: rules, replica: "replica\(number)", origin: start)
            return Replica(board: board, balancer: RouteBalancer(rule))
        }
    }

    func run(seconds: Double) { run(until: end + seconds) }

    func run(until end: Double) {
        self.end = end
        if !hasStarted {
            hasStarted = true
            arrive()
            for index in replicas.indices { tick(index, at: 0.2 * Double(index + 1) / Double(replicas.count)) }
        }
        while let event = events.next(until: end) {
            time = event.time
            let milliseconds = 1_700_000_000_000 + Int64(time * 1000)
            unix.withLockedValue { $0 = UnixTime(milliseconds: milliseconds) }
            event.action()
        }
    }

    /// The share of the calls between two times that a target had.
    func share(of target: Int, from: Double, to: Double) -> Double {
        let window = calls.filter { $0.time >= from && $0.time < to }
        return Double(window.count { $0.target == target }) / Double(max(window.count, 1))
    }

    /// How many calls a target had between two times.
    func calls(of target: Int, from: Double, to: Double) -> Int {
        calls.count { $0.target == target && $0.time >= from && $0.time < to }
    }

    private var now: ContinuousClock.Instant { start + .seconds(time) }

    private func tick(_ index: Int, at time: Double) {
        events.add(at: time) { [unowned self] in
            exchange(replicas[index])
            let pause = replicas[index].board.pause(usual: .milliseconds(200), now: now)
            tick(index, at: self.time + pause / .seconds(1))
        }
    }

    /// Half a millisecond to the store, half a millisecond back, one exchange at a time.
    private func exchange(_ replica: Replica) {
        guard !replica.isExchanging else {
            replica.mustExchange = true
            return
        }
        let reports = replica.board.takeReports(now: now)
        guard !reports.isEmpty else { return }
        replica.isExchanging = true
        events.add(at: time + 0.0005) { [unowned self] in
            let rows = isStoreUp(time) ? store.merge(reports) : nil
            events.add(at: time + 0.0005) { [unowned self] in
                if let rows { replica.board.apply(rows, now: now) } else { replica.board.exchangeFailed() }
                replica.isExchanging = false
                guard replica.mustExchange else { return }
                replica.mustExchange = false
                exchange(replica)
            }
        }
    }

    private func arrive() {
        let wait = -log(1 - Double.random(in: 0..<1, using: &generator)) / max(rate(time), 1e-9)
        events.add(at: time + wait) { [unowned self] in
            request()
            arrive()
        }
    }

    private func request() {
        let number = Int.random(in: replicas.indices, using: &generator)
        let replica = replicas[number]
        let output = Int.random(in: tokens, using: &generator)
        let conditions = replica.board.conditions(of: targets.map { DeploymentID($0.name) }, now: now)
        let candidates = zip(targets, conditions).map { target, condition in
            var candidate = StrategyCandidate(DeploymentID(target.name))
            candidate.tier = target.tier
            candidate.weight = target.weight
            candidate.condition = condition
            amend(&candidate, time)
            return candidate
        }
        let ranking = replica.balancer.rank(
            candidates, context: StrategyContext(outputTokens: 200), using: &generator)
        for target in targets.indices { inFlightSums[target] += inFlight[target] }
        attempt(ranking.targets.map(\.index)[...], replica: number, output: output, attempts: 0)
    }

    private func attempt(_ order: ArraySlice<Int>, replica number: Int, output: Int, attempts: Int) {
        let board = replicas[number].board
        var rest = order
        while let target = rest.popFirst() {
            guard let ticket = board.begin(DeploymentID(targets[target].name), now: now) else { continue }
            if case .probe = ticket.kind { probes += 1 }
            if keepsCalls {
                calls.append(
                    Call(time: time, target: target, replica: number, kind: ticket.kind, isFirst: attempts == 0))
            }
            inFlight[target] += 1
            mostInFlight[target] = max(mostInFlight[target], inFlight[target])
            let (sample, wait) = outcome(of: targets[target], output: output)
            let others = rest
            events.add(at: time + wait) { [unowned self] in
                inFlight[target] -= 1
                board.end(ticket, sample, now: now)
                if case .hardFailure = sample {
                    exchange(replicas[number])
                    attempt(others, replica: number, output: output, attempts: attempts + 1)
                } else {
                    answered += 1
                }
            }
            return
        }
        unanswered += 1
        attemptsInVain.append(attempts)
    }

    private func outcome(of target: SimulatedTarget, output: Int) -> (TargetSample, Double) {
        if Double.random(in: 0..<1, using: &generator) < target.failureChance(time) {
            return (.hardFailure(waited: nil), target.failureTime)
        }
        // Some 20 % to each side: answers of one target are not alike.
        let first = target.firstToken(time) * Double.random(in: 0.7...1.3, using: &generator)
        let duration = first + Double(output) * target.perToken(time) * Double.random(in: 0.8...1.2, using: &generator)
        return (
            .answered(timeToFirstToken: .seconds(first), duration: .seconds(duration), outputTokens: output), duration
        )
    }
}
