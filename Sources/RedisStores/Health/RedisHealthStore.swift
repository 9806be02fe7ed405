package import GatewayCore
package import RedisClient
package import Routing

/// The fleet's knowledge of its targets, in Redis: one hash each, one round trip for all of them.
package struct RedisHealthStore: HealthStore {
    private let redis: RedisClient
    private let rules: HealthRules
    private let now: (@Sendable () -> UnixTime)?

    /// - Parameters:
    ///   - rules: the same in all replicas.
    ///   - now: instead of the server's clock, for tests.
    package init(redis: RedisClient, rules: HealthRules = HealthRules(), now: (@Sendable () -> UnixTime)? = nil) {
        self.redis = redis
        self.rules = rules
        self.now = now
    }

    package func exchange(_ reports: [HealthReport]) async throws(RoutingStoreError) -> [HealthRow] {
        if reports.isEmpty { return [] }
        var arguments = head
        for report in reports { arguments += Self.arguments(of: report) }
        let reply: [RedisReply]
        do throws(RedisError) {
            reply = try await redis.evaluate(
                HealthScripts.exchange, keys: reports.map { Keyspace.health($0.deployment) }, arguments: arguments
            ).expectArray()
        } catch {
            throw RoutingStoreError(error)
        }
        guard reply.count == reports.count else {
            throw RoutingStoreError(.malformed, "expected \(reports.count) rows of health, found \(reply.count)")
        }
        var rows: [HealthRow] = []
        for (report, row) in zip(reports, reply) {
            guard let row = Self.row(row, of: report.deployment) else {
                throw RoutingStoreError(.malformed, "the health of \(report.deployment) cannot be read")
            }
            rows.append(row)
        }
        return rows
    }

    private var head: [RedisArgument] {
        [
            .string(now.map { String($0().milliseconds) } ?? ""), .integer(HealthScripts.lifeMilliseconds),
            number(rules.pairMilliseconds), number(rules.ratioMinimum), number(rules.ratioPerMille),
            .string("\(rules.brokenShare)"), .string("\(rules.wellShare)"),
            .string("\(rules.answerEvidence)"), .string("\(rules.evidenceLimit)"), number(rules.usualMinimum),
            .string("\(rules.mostUsualShare)"), number(rules.firstOpenMilliseconds),
            number(rules.longestOpenMilliseconds), number(rules.relapseMilliseconds),
            number(rules.disabledMilliseconds), number(rules.leaseMilliseconds),
            .string(rules.idleProbeMilliseconds.map { "\($0)" } ?? ""),
        ]
    }

    private func number(_ value: Int64) -> RedisArgument { .integer(Int(value)) }

    private static func arguments(of report: HealthReport) -> [RedisArgument] {
        let latency = report.latency
        let numbers = [
            report.requests, report.failures, latency.firstTokenMicroseconds, latency.firstTokens,
            latency.decodeMicroseconds, latency.decodeTokens, latency.decodes, report.limitedMilliseconds,
        ]
        let flags = [report.isKeyRefused, report.isKeyEnabled, report.hasRecovered]
        let texts = [report.probe?.rawValue ?? "", report.claim.rawValue, report.lease, report.keyMark]
        return numbers.map { .integer(Int($0)) } + flags.map { .integer($0 ? 1 : 0) } + texts.map { .string($0) }
            + [.integer(Int(report.answers))]
    }

    private static func row(_ reply: RedisReply, of deployment: DeploymentID) -> HealthRow? {
        guard let elements = reply.array, elements.count == HealthScripts.rowElements,
            let keyMark = elements[Self.keyMarkElement].string
        else { return nil }
        let numbers = elements.map { $0.integer ?? 0 }
        var row = HealthRow(deployment: deployment)
        row.isOpen = numbers[0] == 1
        row.openMilliseconds = numbers[1]
        row.epoch = numbers[2]
        row.refusedKeyMark = numbers[3] == 1 ? keyMark : nil
        row.refusedMilliseconds = numbers[4]
        row.isLeaseGranted = numbers[6] == 1
        row.limitedMilliseconds = numbers[7]
        row.requests = numbers[8]
        row.failures = numbers[9]
        row.firstTokenMicroseconds = numbers[10]
        row.firstTokenSamples = numbers[11]
        row.perTokenMicroseconds = numbers[12]
        row.perTokenSamples = numbers[13]
        row.recent = LatencySums(
            firstTokenMicroseconds: numbers[14], firstTokens: numbers[15], decodeMicroseconds: numbers[16],
            decodeTokens: numbers[17], decodes: numbers[18])
        row.silentMilliseconds = numbers[19] < 0 ? nil : numbers[19]
        row.evidencePerMille = numbers[20]
        return row
    }

    private static let keyMarkElement = 5
}
