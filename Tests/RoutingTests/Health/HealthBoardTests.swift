import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Testing

@testable import Routing

@Suite("A replica's board")
struct HealthBoardTests {
    private let a = DeploymentID("a")
    private let start = ContinuousClock.now
    private let answer = TargetSample.answered(
        timeToFirstToken: .milliseconds(500), duration: .seconds(2), outputTokens: 100)

    private func call(_ board: HealthBoard, _ sample: TargetSample, at second: Double = 0) throws {
        let now = start + .seconds(second)
        board.end(try #require(board.begin(a, now: now)), sample, now: now)
    }

    private func condition(_ board: HealthBoard, at second: Double = 0) -> TargetCondition {
        board.conditions(of: [a], now: start + .seconds(second))[0]
    }

    @Test("Errors of callers and calls they gave up never count, for or against")
    func clientErrors() throws {
        let board = HealthBoard(replica: "r", origin: start)
        for sample in [TargetSample.clientError, .cancelled] {
            for _ in 0..<1_000 { try call(board, sample) }
        }
        #expect(condition(board).standing == .ready)
        #expect(condition(board).requests == 0)
        #expect(condition(board).silence == nil)
        // Nor do they make two real failures a small part of many requests.
        try call(board, .hardFailure(waited: nil))
        for _ in 0..<100 { try call(board, .clientError) }
        try call(board, .hardFailure(waited: nil))
        #expect(condition(board).standing == .open(until: start + .seconds(10)))
    }

    @Test("A refused key disables the target at once, and says so once")
    func authFailure() throws {
        let events = NIOLockedValueBox<[HealthEvent]>([])
        let board = HealthBoard(replica: "r", keyMarks: [a: "k"], origin: start) { event in
            events.withLockedValue { $0.append(event) }
        }
        let two = [board.begin(a, now: start), board.begin(a, now: start)]
        for ticket in two { board.end(try #require(ticket), .authFailure, now: start) }
        #expect(condition(board).standing == .disabled(until: start + .seconds(3_600)))
        #expect(board.begin(a, now: start) == nil)
        #expect(board.wait(for: [a], now: start) == .seconds(3_600))
        // One probe after an hour, and no second beside it.
        let later = start + .seconds(3_600)
        let probe = try #require(board.begin(a, now: later))
        #expect(board.begin(a, now: later) == nil)
        board.end(probe, answer, now: later)
        #expect(condition(board, at: 3_600).standing == .ready)
        #expect(events.withLockedValue { $0 } == [.keyRefused(a), .keyAccepted(a)])
    }

    @Test("With a new configuration a refused key is tried again")
    func reload() throws {
        let board = HealthBoard(replica: "r", keyMarks: [a: "k"], origin: start)
        try call(board, .authFailure)
        board.reload(keyMarks: [a: "k"])
        #expect(condition(board).standing == .ready)
        try call(board, .authFailure)
        board.reload(keyMarks: [a: "new"])
        #expect(condition(board).standing == .ready)
    }

    @Test("At an open target two calls may wait for want of a better one; others are told at once how long to wait")
    func lastResort() throws {
        let board = HealthBoard(replica: "r", origin: start)
        for _ in 0..<2 { try call(board, .hardFailure(waited: nil)) }
        let tickets = (0..<5).map { _ in board.begin(a, now: start) }
        #expect(tickets.map { $0?.kind } == [.lastResort, .lastResort, nil, nil, nil])
        #expect(board.wait(for: [a], now: start + .seconds(3)) == .seconds(7))
        // A caller's error proves nothing and makes room; an answer takes the target back.
        board.end(try #require(tickets[0]), .clientError, now: start)
        #expect(board.begin(a, now: start)?.kind == .lastResort)
        board.end(try #require(tickets[1]), answer, now: start + .seconds(1))
        #expect(condition(board, at: 1).standing == .ready)
        #expect(board.wait(for: [a], now: start + .seconds(1)) == .zero)
    }

    @Test("When its time is over exactly one call probes it; what proves nothing leaves the probe to the next")
    func halfOpen() throws {
        var rules = HealthRules()
        rules.lastResortCalls = 0
        let board = HealthBoard(rules: rules, replica: "r", origin: start)
        for _ in 0..<2 { try call(board, .hardFailure(waited: nil)) }
        let due = start + .seconds(10)
        #expect(board.begin(a, now: due - .milliseconds(1)) == nil)
        #expect(condition(board, at: 10).standing == .probation)
        for sample in [TargetSample.cancelled, .clientError] {
            let probe = try #require(board.begin(a, now: due))
            #expect(board.begin(a, now: due) == nil)
            #expect(condition(board, at: 10).standing == .open(until: due))
            board.end(probe, sample, now: due)
        }
        let probe = try #require(board.begin(a, now: due))
        board.end(probe, .hardFailure(waited: .seconds(5)), now: due + .seconds(5))
        #expect(condition(board, at: 15).standing == .open(until: start + .seconds(35)))
        // A probe that never comes back is given up after its lease.
        #expect(board.begin(a, now: start + .seconds(35)) != nil)
        #expect(board.begin(a, now: start + .seconds(64)) == nil)
        #expect(board.begin(a, now: start + .seconds(65)) != nil)
    }

    @Test("A 429 makes a target limited for as long as it asked, within bounds, and opens nothing")
    func rateLimited() throws {
        let board = HealthBoard(replica: "r", origin: start)
        let cases: [(Duration?, Double)] = [(nil, 10), (.seconds(40), 40), (.seconds(9_999), 300), (.seconds(-5), 300)]
        for (wait, end) in cases {
            try call(board, .rateLimited(retryAfter: wait))
            #expect(condition(board).standing == .limited(until: start + .seconds(end)))
        }
        #expect(condition(board, at: 300).standing == .ready)
        #expect(condition(board).requests == 0)
    }

    @Test("Calls under way and speeds are those of the calls made")
    func figures() throws {
        let board = HealthBoard(replica: "r", origin: start)
        let ticket = try #require(board.begin(a, now: start))
        #expect(condition(board).inFlight == 1)
        board.end(ticket, answer, now: start + .seconds(2))
        let now = condition(board, at: 5)
        #expect(now.inFlight == 0 && now.requests == 1 && now.failures == 0)
        #expect(now.recent.timeToFirstToken == .milliseconds(500) && now.recent.firstTokenSamples == 1)
        #expect(now.recent.timePerToken == .milliseconds(15) && now.usual.timePerToken == .milliseconds(15))
        #expect(now.silence == .seconds(3))
        #expect(now.recent.predicted(outputTokens: 100, minimum: 1) == .seconds(2))
        #expect(now.recent.predicted(outputTokens: 100, minimum: 2) == nil)
    }

    @Test("The fleet's word opens and closes the target; a target only this replica cannot reach stays left")
    func fleet() throws {
        let board = HealthBoard(replica: "r", keyMarks: [a: "k"], origin: start)
        func exchange(_ change: (inout HealthRow) -> Void, at second: Double) {
            let now = start + .seconds(second)
            guard !board.takeReports(now: now).isEmpty else {
                Issue.record("nothing to exchange at \(second)")
                return
            }
            var row = HealthRow(deployment: a)
            change(&row)
            board.apply([row], now: now)
        }
        exchange({ _ in }, at: 0)
        _ = condition(board, at: 1)
        exchange({ ($0.isOpen, $0.openMilliseconds, $0.epoch) = (true, 5_000, 1) }, at: 1)
        #expect(condition(board, at: 1).standing == .open(until: start + .seconds(6)))
        // Its time is over, but the lease is not this replica's.
        #expect(board.begin(a, now: start + .seconds(6))?.kind == .lastResort)
        exchange({ ($0.isOpen, $0.epoch) = (true, 1) }, at: 6)
        #expect(condition(board, at: 6).standing == .open(until: start + .seconds(6)))
        exchange({ ($0.isOpen, $0.epoch, $0.isLeaseGranted) = (true, 1, true) }, at: 7)
        #expect(condition(board, at: 7).standing == .probation)
        exchange({ $0.epoch = 2 }, at: 8)
        #expect(condition(board, at: 8).standing == .ready)
        // Four failures here, none elsewhere: the fleet has decided nothing.
        for _ in 0..<4 { try call(board, .hardFailure(waited: nil), at: 9) }
        exchange({ $0.epoch = 2 }, at: 9)
        #expect(condition(board, at: 10).standing == .open(until: start + .seconds(19)))
        #expect(board.begin(a, now: start + .seconds(19)).map { $0.kind != .lastResort } == true)
    }

    @Test("What is told to the fleet is told once, with the calls that began and those that failed")
    func reports() throws {
        let board = HealthBoard(replica: "r", keyMarks: [a: "k"], origin: start)
        _ = board.takeReports(now: start)
        board.apply([HealthRow(deployment: a)], now: start)
        #expect(board.takeReports(now: start) == [])
        try call(board, answer)
        try call(board, .hardFailure(waited: nil))
        try call(board, .clientError)
        let ticket = board.begin(a, now: start)
        let report = try #require(board.takeReports(now: start).first)
        #expect((report.requests, report.failures, report.answers) == (3, 1, 1))
        #expect(report.latency.firstTokens == 1 && report.keyMark == "k" && report.isUrgent)
        board.apply([HealthRow(deployment: a)], now: start)
        #expect(board.takeReports(now: start) == [])
        board.end(try #require(ticket), .cancelled, now: start)
        let taken = try #require(board.takeReports(now: start).first)
        #expect((taken.requests, taken.isUrgent) == (-1, false))
    }

    @Test("A silent target is asked for a lease to probe it, but not as long as its provider asks to be left alone")
    func silent() throws {
        let board = HealthBoard(replica: "r", keyMarks: [a: "k"], origin: start)
        let prober = HealthProber { _ in .cancelled }
        func claims(at second: Double) -> [HealthReport.Claim] {
            let reports = board.takeReports(now: start + .seconds(second), by: prober)
            board.apply([HealthRow(deployment: a)], now: start + .seconds(second))
            return reports.map(\.claim)
        }
        #expect(claims(at: 59) == [.none])
        try call(board, .rateLimited(retryAfter: .seconds(100)), at: 59)
        #expect(claims(at: 60) == [.none])
        #expect(claims(at: 158.9).isEmpty)
        #expect(claims(at: 159.1) == [.idle])
    }

    @Test("A target that no prober can ask is left to the next request, and its lease is asked for in its name alone")
    func unprobed() throws {
        let board = HealthBoard(replica: "r", keyMarks: [a: "k"], origin: start)
        let blind = HealthProber(canProbe: { _ in false }, probe: { _ in .cancelled })
        func claims(at second: Double, granted: Bool = false) -> [HealthReport.Claim] {
            let now = start + .seconds(second)
            let reports = board.takeReports(now: now, by: blind)
            var row = HealthRow(deployment: a)
            (row.isOpen, row.epoch, row.isLeaseGranted) = (true, 1, granted)
            board.apply([row], now: now)
            return reports.map(\.claim)
        }
        #expect(claims(at: 0) == [.none])
        #expect(claims(at: 70) == [.none])
        _ = condition(board, at: 71)
        #expect(claims(at: 71, granted: true) == [.due])
        #expect(board.takeProbes(now: start + .seconds(72), by: blind).isEmpty)
        if case .probe? = board.begin(a, now: start + .seconds(72))?.kind {} else { Issue.record("no probe") }
    }

    @Test("What an exchange could not deliver is told again where that does no harm: what was counted is not")
    func undelivered() throws {
        let board = HealthBoard(replica: "r", keyMarks: [a: "k"], origin: start)
        for sample in [TargetSample.rateLimited(retryAfter: .seconds(60)), .hardFailure(waited: nil), .authFailure] {
            try call(board, sample)
        }
        let first = try #require(board.takeReports(now: start).first)
        #expect(first.failures == 1 && first.isKeyRefused && first.limitedMilliseconds == 60_000)
        board.exchangeFailed()
        let later = start + .seconds(10)
        let again = try #require(board.takeReports(now: later).first)
        #expect(again.failures == 0 && again.requests == 0)
        #expect(again.isKeyRefused && again.limitedMilliseconds == 50_000)
        board.apply([HealthRow(deployment: a)], now: later)
        _ = condition(board, at: 11)
        #expect(board.takeReports(now: start + .seconds(11)).map(\.isKeyRefused) == [false])
    }

    @Test("The end of a probe that could not be told is told again, once")
    func undeliveredProbe() throws {
        let board = HealthBoard(replica: "r", keyMarks: [a: "k"], origin: start)
        for _ in 0..<2 { try call(board, .hardFailure(waited: nil)) }
        try call(board, answer, at: 10)
        let first = try #require(board.takeReports(now: start + .seconds(10)).first)
        #expect(first.probe == .answered && !first.lease.isEmpty)
        board.exchangeFailed()
        let again = try #require(board.takeReports(now: start + .seconds(10)).first)
        #expect(again.probe == .answered && again.lease == first.lease)
    }

    @Test("Threads that call, end and ask at once lose no call")
    func threads() async {
        let board = HealthBoard(replica: "r", origin: start)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { [a, start, answer] in
                    for _ in 0..<500 {
                        guard let ticket = board.begin(a, now: start) else { continue }
                        _ = board.conditions(of: [a], now: start)
                        board.end(ticket, answer, now: start)
                    }
                }
            }
        }
        #expect(condition(board).requests == 4_000 && condition(board).inFlight == 0)
    }
}
