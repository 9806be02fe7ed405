import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import RedisClient
import Testing

@testable import RedisStores
@testable import Routing

@Suite("Four replicas share health through one Redis", .timeLimit(.minutes(2)))
struct FleetHealthTests {
    private let a = DeploymentID("a")

    /// Four boards with a link each; the clients are of one connection pool each.
    private func withFleet(
        rules: HealthRules = HealthRules(), prober: HealthProber? = nil,
        _ body: (RedisServer, [(board: HealthBoard, link: HealthLink)]) async throws -> Void
    ) async throws {
        try await withRedis { server, first in
            try await withClient(of: server) { second in
                let fleet = (0..<4).map { number in
                    let board = HealthBoard(rules: rules, replica: "r\(number)", keyMarks: [a: "k"])
                    let store = RedisHealthStore(redis: number < 2 ? first : second, rules: rules)
                    return (board, HealthLink(board: board, store: store, prober: prober))
                }
                try await body(server, fleet)
            }
        }
    }

    private func fail(_ board: HealthBoard) throws {
        let ticket = try #require(board.begin(a, now: .now))
        board.end(ticket, .hardFailure(waited: nil), now: .now)
    }

    private func standings(_ fleet: [(board: HealthBoard, link: HealthLink)]) -> [TargetStanding] {
        fleet.map { $0.board.conditions(of: [a], now: .now)[0].standing }
    }

    private func isOpen(_ standing: TargetStanding) -> Bool { if case .open = standing { true } else { false } }

    @Test("Two replicas with one failure each make all four leave the target, each at its next exchange")
    func shared() async throws {
        try await withFleet { _, fleet in
            for replica in fleet { await replica.link.exchange() }
            for replica in fleet[..<2] {
                try fail(replica.board)
                await replica.link.exchange()
            }
            #expect(standings(fleet).map(isOpen) == [false, true, false, false])
            for replica in fleet { await replica.link.exchange() }
            #expect(standings(fleet).allSatisfy(isOpen))
        }
    }

    @Test("With links that run a replica's failures reach all others without anybody asking again")
    func running() async throws {
        try await withFleet { _, fleet in
            await withDiscardingTaskGroup { group in
                for replica in fleet { group.addTask { await replica.link.run() } }
                do {
                    try fail(fleet[0].board)
                    try fail(fleet[1].board)
                    try await eventually { standings(fleet).allSatisfy(isOpen) }
                } catch { Issue.record(error) }
                group.cancelAll()
            }
        }
    }

    @Test("Of many calls at four replicas exactly one is the probe; with its end the next one is allowed or all are")
    func oneProbe() async throws {
        var rules = HealthRules()
        rules.firstOpenMilliseconds = 1
        rules.longestOpenMilliseconds = 1
        rules.lastResortCalls = 0
        try await withFleet(rules: rules) { _, fleet in
            for replica in fleet { await replica.link.exchange() }
            for replica in fleet[..<2] {
                try fail(replica.board)
                await replica.link.exchange()
            }
            for round in 0..<20 {
                var tickets: [(HealthBoard, AttemptTicket)] = []
                // Everybody asks until somebody has been let through, and then once more each.
                for extra in [false, true] {
                    repeat {
                        await withTaskGroup(of: (HealthBoard, [AttemptTicket]).self) { group in
                            for replica in fleet {
                                group.addTask { [a] in
                                    _ = replica.board.conditions(of: [a], now: .now)
                                    await replica.link.exchange()
                                    let got = (0..<5).compactMap { _ in replica.board.begin(a, now: .now) }
                                    return (replica.board, got)
                                }
                            }
                            for await (board, got) in group { tickets += got.map { (board, $0) } }
                        }
                    } while tickets.isEmpty && !extra
                }
                #expect(tickets.count == 1, "round \(round)")
                let (board, ticket) = try #require(tickets.first)
                if case .probe = ticket.kind {} else { Issue.record("\(ticket.kind)") }
                board.end(ticket, round % 2 == 0 ? .hardFailure(waited: nil) : .cancelled, now: .now)
                for replica in fleet { await replica.link.exchange() }
            }
            // The last one is answered: all are let through again.
            var probe: (HealthBoard, AttemptTicket)?
            while probe == nil {
                for replica in fleet where probe == nil {
                    _ = replica.board.conditions(of: [a], now: .now)
                    await replica.link.exchange()
                    probe = replica.board.begin(a, now: .now).map { (replica.board, $0) }
                }
            }
            let sample = TargetSample.answered(timeToFirstToken: nil, duration: .seconds(1), outputTokens: 10)
            if let (board, ticket) = probe { board.end(ticket, sample, now: .now) }
            for _ in 0..<2 { for replica in fleet { await replica.link.exchange() } }
            #expect(standings(fleet) == [.ready, .ready, .ready, .ready])
        }
    }

    @Test("A prober takes the target back without any request, and only one of the four probes at a time")
    func prober() async throws {
        var rules = HealthRules()
        rules.firstOpenMilliseconds = 1
        rules.longestOpenMilliseconds = 1
        rules.idleProbeMilliseconds = nil
        let probes = NIOLockedValueBox((under: 0, most: 0, count: 0))
        let prober = HealthProber { _ in
            probes.withLockedValue {
                $0.under += 1
                $0.count += 1
                $0.most = max($0.most, $0.under)
            }
            for _ in 0..<50 { await Task.yield() }
            return probes.withLockedValue {
                $0.under -= 1
                return $0.count < 5
                    ? .hardFailure(waited: nil)
                    : .answered(timeToFirstToken: nil, duration: .milliseconds(1), outputTokens: 1)
            }
        }
        try await withFleet(rules: rules, prober: prober) { _, fleet in
            await withDiscardingTaskGroup { group in
                for replica in fleet { group.addTask { await replica.link.run() } }
                do {
                    try fail(fleet[0].board)
                    try fail(fleet[1].board)
                    try await eventually {
                        probes.withLockedValue { $0.count } >= 5 && standings(fleet).allSatisfy { $0 == .ready }
                    }
                } catch { Issue.record(error) }
                group.cancelAll()
            }
            #expect(probes.withLockedValue { $0.most } == 1)
            #expect(probes.withLockedValue { $0.count } == 5)
        }
    }

    @Test("A key refused at one replica is used by none, until the configuration is read again")
    func refusedKey() async throws {
        try await withFleet { _, fleet in
            let ticket = try #require(fleet[0].board.begin(a, now: .now))
            fleet[0].board.end(ticket, .authFailure, now: .now)
            for replica in fleet {
                _ = replica.board.conditions(of: [a], now: .now)
                await replica.link.exchange()
                #expect(replica.board.begin(a, now: .now) == nil)
            }
            // Another key: of this replica alone, and it is used at once.
            fleet[1].board.reload(keyMarks: [a: "new"])
            await fleet[1].link.exchange()
            #expect(fleet[1].board.begin(a, now: .now) != nil)
            #expect(fleet[2].board.begin(a, now: .now) == nil)
            // The same key, which the operator has seen to: all use it again.
            fleet[2].board.reload(keyMarks: [a: "k"])
            for replica in [fleet[2], fleet[3]] {
                _ = replica.board.conditions(of: [a], now: .now)
                await replica.link.exchange()
                #expect(replica.board.begin(a, now: .now) != nil)
            }
        }
    }

    @Test("With Redis gone each goes by its own calls, and with Redis back by the fleet's")
    func outage() async throws {
        try await withFleet { server, fleet in
            for replica in fleet { await replica.link.exchange() }
            server.kill()
            for replica in fleet {
                _ = replica.board.conditions(of: [a], now: .now)
                await replica.link.exchange()
            }
            try fail(fleet[0].board)
            try fail(fleet[0].board)
            #expect(standings(fleet).map(isOpen) == [true, false, false, false])
            try server.start()
            try await eventually {
                try fail(fleet[1].board)
                await fleet[1].link.exchange()
                await fleet[2].link.exchange()
                return isOpen(standings([fleet[2]])[0])
            }
        }
    }
}
