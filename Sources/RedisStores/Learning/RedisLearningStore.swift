package import GatewayCore
import NIOCore
package import RedisClient
package import Routing

/// What the fleet has learned, in Redis: two hashes for each route, one round trip for both.
package struct RedisLearningStore: LearningStore {
    private let redis: RedisClient
    private let now: (@Sendable () -> UnixTime)?

    /// What is left behind so many half-lives is a thousandth.
    private static let halfLives = 10
    /// A report may hold tens of kilobytes, and nobody waits for it.
    private static let timeout: Duration = .seconds(2)

    /// - Parameter now: instead of the server's clock, for tests.
    package init(redis: RedisClient, now: (@Sendable () -> UnixTime)? = nil) {
        self.redis = redis
        self.now = now
    }

    package func exchange(_ report: LearningReport) async throws(RoutingStoreError) -> LearningRow {
        let reply: [RedisReply]
        do throws(RedisError) {
            reply = try await redis.evaluate(
                LearningScripts.exchange,
                keys: [
                    Keyspace.lessons(of: report.route, space: report.space),
                    Keyspace.teachers(of: report.route, space: report.space),
                ], arguments: arguments(of: report), timeout: Self.timeout
            ).expectArray()
        } catch {
            throw RoutingStoreError(error)
        }
        guard reply.count == 2, let targets = reply[0].array, targets.count == report.targets.count,
            let teachers = reply[1].array
        else { throw RoutingStoreError(.malformed, "what was learned of \(report.route) cannot be read") }
        return LearningRow(
            targets: targets.map { Self.sums($0, halfLife: report.halfLife) }, teachers: Self.weights(teachers))
    }

    private func arguments(of report: LearningReport) -> [RedisArgument] {
        let halfLife = max(1, Int(clamping: Int64(report.halfLife / .milliseconds(1))))
        var arguments: [RedisArgument] = [
            .string(now.map { String($0().milliseconds) } ?? ""), .integer(halfLife),
            .integer(halfLife.multipliedReportingOverflow(by: Self.halfLives).partialValue),
            .integer(LearningSums.count), .string(report.replica), .string(report.batch.map { "\($0)" } ?? ""),
            .integer(report.targets.count), .integer(report.teachers.count),
        ]
        for target in report.targets {
            arguments += [.string(target.deployment.description), .bytes(target.sums?.bytes ?? [])]
        }
        for (teacher, weight) in report.teachers {
            // No tenant's name has a line feed in it.
            arguments += [.string("\(teacher.tenant)\n\(teacher.deployment)"), .string("\(weight)")]
        }
        return arguments
    }

    /// Sums as they stood some milliseconds ago, faded to now; nil for none, and for what are no sums.
    private static func sums(_ row: RedisReply, halfLife: Duration) -> LearningSums? {
        guard let parts = row.array, parts.count == 2, let bytes = parts[0].bytes, let age = parts[1].integer,
            var sums = LearningSums(bytes: bytes.readableBytesView)
        else { return nil }
        sums.fade(by: Fading.factor(after: .milliseconds(age), halfLife: halfLife))
        return sums
    }

    private static func weights(_ flat: [RedisReply]) -> [LearningTeacher: Double] {
        var weights: [LearningTeacher: Double] = [:]
        for place in stride(from: 0, to: flat.count - flat.count % 2, by: 2) {
            guard let names = flat[place].string?.split(separator: "\n", maxSplits: 1), names.count == 2,
                let weight = flat[place + 1].string.flatMap({ Double($0) }), weight.isFinite, weight >= 0
            else { continue }
            let teacher = LearningTeacher(TenantID(String(names[0])), of: DeploymentID(String(names[1])))
            weights[teacher] = weight
        }
        return weights
    }
}
