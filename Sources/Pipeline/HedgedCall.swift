import GatewayCore
import ProviderAPIs
import Routing
import Upstream

/// Asks one target, and a second one when the first is late. The first to answer wins, or to say that the request
/// itself is at fault; the other's call is cancelled and settled.
struct HedgedCall: Sendable {
    /// What one of the two came to.
    struct End: Sendable {
        let attempt: RouteAttempt
        let result: Result<UpstreamAnswer, ProviderFailure>
        let duration: Duration

        /// Whether no other target would change what the client is told.
        var isDecisive: Bool {
            switch result {
            case .success: true
            // What does not fit into one window may fit into the other's.
            case .failure(let failure): !failure.triesNextTarget && failure.kind != .contextTooLong
            }
        }
    }

    /// What both came to.
    struct Outcome: Sendable {
        /// The one that decided, or the last that failed.
        var last: End
        /// Those before it, in the order in which they ended.
        var failed: [End] = []
        /// The one that was not waited for.
        var loser: Loser?
    }

    struct Loser: Sendable {
        let deployment: DeploymentID
        /// In nano-dollars; nil when it is not known.
        let cost: Int?
    }

    private enum Event: Sendable {
        case ended(End)
        case late
    }

    /// Bytes of the request.
    let sent: Int
    let call: @Sendable (RouteAttempt) async -> Result<UpstreamAnswer, ProviderFailure>

    /// - Parameters:
    ///   - delay: after which the first is late.
    ///   - second: gets the other target; asked at most once.
    func run(
        _ first: RouteAttempt, delay: Duration, second: () async -> RouteAttempt?
    ) async -> Outcome {
        await withTaskGroup(of: Event.self) { group in
            var under: [RouteAttempt] = [first]
            group.addTask { .ended(await end(of: first)) }
            group.addTask {
                try? await Task.sleep(for: delay)
                return .late
            }
            var outcome: Outcome?
            while !under.isEmpty, let event = await group.next() {
                switch event {
                case .late:
                    guard !Task.isCancelled, let other = await second() else { continue }
                    under.append(other)
                    group.addTask { .ended(await end(of: other)) }
                case .ended(let end):
                    under.removeAll { $0 === end.attempt }
                    var failed = outcome?.failed ?? []
                    if let before = outcome?.last { failed.append(before) }
                    outcome = Outcome(last: end, failed: failed)
                    guard end.isDecisive else { continue }
                    group.cancelAll()
                    outcome?.loser = await settle(under.first, group: &group)
                    return outcome ?? Outcome(last: end)
                }
            }
            group.cancelAll()
            if let outcome { return outcome }
            // The first call always comes to an end.
            return Outcome(last: await end(of: first))
        }
    }

    /// Ends the one still under way, even if it answered in the same moment: that is told of its speed, and paid for.
    private func settle(_ attempt: RouteAttempt?, group: inout TaskGroup<Event>) async -> Loser? {
        var traffic = CallTraffic(sent: sent)
        var firstToken: Duration?
        while let event = await group.next() {
            guard case .ended(let end) = event, case .success(let answer) = end.result else { continue }
            switch answer.reply {
            case .whole(let answer, _): traffic.usage = answer.usage
            case .stream(let stream):
                traffic = stream.traffic(sent: sent)
                firstToken = end.duration
                stream.cancel()
            }
        }
        guard let attempt else { return nil }
        let cost = attempt.end(.outrun(firstToken: firstToken), traffic: traffic)
        return Loser(deployment: attempt.target.deployment, cost: cost)
    }

    private func end(of attempt: RouteAttempt) async -> End {
        let start = ContinuousClock.now
        let result = await call(attempt)
        return End(attempt: attempt, result: result, duration: start.duration(to: .now))
    }
}
