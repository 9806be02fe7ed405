import NIOCore

/// One run of load: hands requests to connections until the time is over, then waits for what is in flight.
///
/// Confined to one event loop, so that nothing is locked between two requests.
final class LoadRun {
    private let plan: LoadPlan
    private let eventLoop: any EventLoop
    private let makeRequest: @Sendable () -> ByteBuffer
    private let finished: EventLoopPromise<LoadReport>
    private var connections: [LoadConnection] = []
    private var idle: [LoadConnection] = []
    /// Requests that were due while every connection was busy, the oldest first.
    private var overdue = CircularBuffer<NIODeadline>()
    private var report = LoadReport()
    private var begun = NIODeadline.now()
    private var end = NIODeadline.now()
    /// Of an open loop: what is still to come, and the time of the next; nil when none is left.
    private var schedule: ArrivalSchedule?
    private var due: NIODeadline?
    private var inFlight = 0
    /// Requests that may still be sent.
    private var allowance = Int.max
    private var isOver = false
    private var lastAnswer = NIODeadline.now()

    init(
        plan: LoadPlan, eventLoop: any EventLoop, makeRequest: @escaping @Sendable () -> ByteBuffer,
        finished: EventLoopPromise<LoadReport>
    ) {
        self.plan = plan
        self.eventLoop = eventLoop
        self.makeRequest = makeRequest
        self.finished = finished
        allowance = plan.requestLimit ?? .max
    }

    func start(_ connections: [LoadConnection]) {
        eventLoop.assertInEventLoop()
        self.connections = connections
        begun = .now()
        lastAnswer = begun
        end = begun + TimeAmount(plan.duration)
        let loopBound = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.scheduleTask(deadline: end + TimeAmount(plan.grace)) { loopBound.value.giveUp() }
        switch plan.pace {
        case .closed:
            for connection in connections.prefix(allowance) { send(by: connection, begun: .now()) }
        case .open(let rate, _):
            idle = connections.reversed()
            schedule = ArrivalSchedule(rate: rate, for: plan.duration, spacing: plan.spacing)
            advance()
            tick(loopBound)
        }
    }

    // MARK: - What connections tell

    func gap(_ time: TimeAmount) { report.gaps.record(nanoseconds: time.nanoseconds) }

    func transit(_ time: TimeAmount) { report.transit.record(nanoseconds: time.nanoseconds) }

    func answered(_ answer: LoadAnswer, by connection: LoadConnection) {
        inFlight -= 1
        lastAnswer = .now()
        if let problem = problem(with: answer) {
            report.fail(problem)
        } else {
            report.completed += 1
            report.bodyBytes += answer.bodyBytes
            report.latency.record(nanoseconds: answer.latency.nanoseconds)
            report.firstByte.record(nanoseconds: answer.firstByte.nanoseconds)
        }
        next(connection)
    }

    func failed(_ reason: String, _ connection: LoadConnection, wasBusy: Bool) {
        guard !isOver else { return }
        if wasBusy { inFlight -= 1 }
        report.fail(reason)
        connections.removeAll { $0 === connection }
        idle.removeAll { $0 === connection }
        if connections.isEmpty { finish() } else { finishIfDone() }
    }

    // MARK: - Sending

    private func next(_ connection: LoadConnection) {
        switch plan.pace {
        case .closed:
            if lastAnswer < end, allowance > 0 { return send(by: connection, begun: lastAnswer) }
        case .open:
            if let begun = overdue.popFirst() { return send(by: connection, begun: begun) }
            idle.append(connection)
        }
        finishIfDone()
    }

    private func send(by connection: LoadConnection, begun: NIODeadline) {
        inFlight += 1
        allowance -= 1
        connection.send(makeRequest(), begun: begun)
    }

    /// Sends what is due and sleeps until the next is.
    private func tick(_ loopBound: NIOLoopBound<LoadRun>) {
        let now = NIODeadline.now()
        while let time = due, time <= now {
            if let connection = idle.popLast() {
                send(by: connection, begun: time)
            } else {
                overdue.append(time)
            }
            advance()
        }
        guard let due, !isOver else { return finishIfDone() }
        eventLoop.scheduleTask(deadline: due) { loopBound.value.tick(loopBound) }
    }

    private func advance() {
        let offset = allowance > overdue.count ? schedule?.next() : nil
        due = offset.map { begun + .nanoseconds($0) }
    }

    private func problem(with answer: LoadAnswer) -> String? {
        guard (200...299).contains(answer.head.status) else { return "status \(answer.head.status)" }
        guard let expected = plan.expectation, answer.head.watched != expected.value else { return nil }
        return "expected \(expected.name): \(expected.value), found \(answer.head.watched ?? "none")"
    }

    // MARK: - The end

    private func finishIfDone() {
        guard inFlight == 0, overdue.isEmpty else { return }
        switch plan.pace {
        case .closed: if allowance > 0, .now() < end { return }
        case .open: if due != nil, !connections.isEmpty { return }
        }
        finish()
    }

    private func giveUp() {
        guard !isOver else { return }
        for _ in 0..<inFlight + overdue.count {
            report.fail("no answer within \(plan.grace) of the end of the run")
        }
        finish()
    }

    private func finish() {
        guard !isOver else { return }
        isOver = true
        report.elapsed = .nanoseconds((lastAnswer - begun).nanoseconds)
        for connection in connections { connection.close() }
        finished.succeed(report)
    }
}
