package import GatewayCore
import NIOConcurrencyHelpers

/// What replicas of one process add up: for tests, and as the reference for the script in Redis.
package final class InMemoryLearningStore: LearningStore {
    private struct Route {
        var at = UnixTime(milliseconds: 0)
        var sums: [DeploymentID: LearningSums] = [:]
        var teachers: [LearningTeacher: Double] = [:]
        var batches: [String: Int64] = [:]

        mutating func fade(to now: UnixTime, halfLife: Duration) {
            let factor = Fading.factor(after: now - at, halfLife: halfLife)
            for key in sums.keys { sums[key]?.fade(by: factor) }
            teachers = teachers.mapValues { $0 * factor }
            at = max(at, now)
        }
    }

    private let now: @Sendable () -> UnixTime
    private let routes = NIOLockedValueBox<[String: Route]>([:])

    package init(now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }) { self.now = now }

    package func exchange(_ report: LearningReport) async throws(RoutingStoreError) -> LearningRow {
        let now = now()
        return routes.withLockedValue { routes in
            var route = routes["\(report.space)\n\(report.route)"] ?? Route()
            route.fade(to: now, halfLife: report.halfLife)
            if let batch = report.batch, batch > route.batches[report.replica] ?? 0 {
                route.batches[report.replica] = batch
                for target in report.targets {
                    if let sums = target.sums { route.sums[target.deployment, default: LearningSums()].add(sums) }
                }
                for (teacher, weight) in report.teachers { route.teachers[teacher, default: 0] += weight }
            }
            routes["\(report.space)\n\(report.route)"] = route
            return LearningRow(targets: report.targets.map { route.sums[$0.deployment] }, teachers: route.teachers)
        }
    }
}
