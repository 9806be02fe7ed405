package import GatewayCore
package import RedisClient
package import Routing

/// Limits counted in Redis, for the whole fleet: one round trip and one script a decision.
///
/// Settlements, renewals, providers' words and what takes back picks that nobody heard of go out by ``run()``, in one
/// pipeline for all that wait.
package final class RedisLimitStore: LimitStore {
    private let redis: RedisClient
    private let scripts: LimitScripts
    private let outbox: LimitOutbox
    private let now: @Sendable () -> UnixTime

    /// - Parameters:
    ///   - noticeLife: how long what could not be sent is sent again: as long as leases are remembered.
    ///   - now: tells which of a zone's clocks count for its days, and nothing else.
    package init(
        redis: RedisClient, scripts: LimitScripts = LimitScripts(), noticeLife: Duration = .seconds(600),
        now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }
    ) {
        self.now = now
        self.redis = redis
        self.scripts = scripts
        self.outbox = LimitOutbox(redis: redis, life: noticeLife)
    }

    package func pick(_ request: PickRequest) async throws(LimitError) -> PickResult {
        let call = LimitCommands.pick(request, now: now())
        let reply: RedisReply
        do throws(RedisError) {
            reply = try await redis.evaluate(scripts.pick, keys: call.keys, arguments: call.arguments)
        } catch {
            // It may have run, or may run yet, for nobody: what it reserves would be held for the life of its lease.
            if Self.mayHaveRun.contains(error.code), request.life > .zero {
                outbox.add(LimitNotice(script: scripts.cancel, call: call, isRepeatable: true))
            }
            throw LimitError(error)
        }
        return try LimitReply(reply).result(of: request)
    }

    private static let mayHaveRun: Set<RedisError.Code> = [.timeout, .cancelled, .connectionLost]

    package func settle(_ settlement: Settlement, then done: @escaping @Sendable () -> Void) {
        let call = LimitCommands.settle(settlement, now: now())
        outbox.add(LimitNotice(script: scripts.settle, call: call, isRepeatable: true, done: done))
    }

    package func feedback(_ truth: ProviderTruth) {
        // Old news is none: it says what is left now.
        let call = LimitCommands.feedback(truth, now: now())
        outbox.add(LimitNotice(script: scripts.feedback, call: call, isRepeatable: false))
    }

    package func renew(_ leases: [Lease]) {
        for start in stride(from: 0, to: leases.count, by: Self.renewals) {
            let call = LimitCommands.renew(leases[start..<min(start + Self.renewals, leases.count)])
            // Not sent again: the next renewal is under way by then.
            outbox.add(LimitNotice(script: scripts.renew, call: call, isRepeatable: false))
        }
    }

    /// Leases in one script, so that no decision waits behind it for long.
    private static let renewals = 64

    /// Sends what was handed to ``settle(_:)``, ``feedback(_:)`` and ``renew(_:)`` until the task is cancelled. Once.
    package func run() async { await outbox.run() }

    /// Returns once everything handed over before has been sent or given up.
    package func flush() async { await outbox.flush() }

    /// Settlements, renewals and providers' words that did not reach Redis. Their leases end by themselves.
    package var lost: Int { outbox.lost }
}

extension LimitError {
    init(_ error: RedisError) {
        switch error.code {
        case .timeout: self.init(.timeout, "\(error)")
        case .cancelled: self.init(.cancelled, "\(error)")
        case .server where !error.isRetriable: self.init(.malformed, "\(error)")
        case .unexpectedReply, .protocolViolation: self.init(.malformed, "\(error)")
        default: self.init(.unavailable, "\(error)")
        }
    }
}
