package import GatewayCore
import NIOConcurrencyHelpers

/// What one route has learned of its targets, by this replica and by the rest of the fleet.
///
/// Requests read models that ``refresh(now:)`` has solved; judgments are only added up. So neither waits for the other
/// for longer than it takes to copy a reference. A `LearningLink` refreshes and exchanges in the background.
package final class RouteLearner: Sendable {
    package let route: String
    package let rule: LearningRule
    private let replica: String
    private let space: LearningSpace?
    private let deployments: [DeploymentID]
    private let state: NIOLockedValueBox<StateMachine>
    private let models: NIOLockedValueBox<[DeploymentID: RidgeModel]>

    /// - Parameters:
    ///   - space: nil without an encoder; then nothing is learned from requests.
    ///   - replica: unlike that of any other replica.
    ///   - tenants: how many share the route.
    package init(
        route: String, rule: LearningRule, deployments: [DeploymentID], space: LearningSpace?, replica: String,
        tenants: Int = 1, now: ContinuousClock.Instant = .now
    ) {
        self.route = route
        self.rule = rule
        self.deployments = deployments
        self.space = space
        self.replica = replica
        state = NIOLockedValueBox(
            StateMachine(
                halfLife: rule.halfLife, cap: TenantCap(share: rule.tenantShare, tenants: tenants), now: now))
        models = NIOLockedValueBox([:])
    }

    /// The name of the space its features lie in; nil without an encoder.
    package var spaceName: String? { space?.name }

    /// Nil without an encoder, and for an embedding of another one.
    package func features(
        of embedding: EmbeddingVector, complexity: Float, tier: Float, bytes: Int
    ) -> LearningFeatures? {
        space?.features(of: embedding, complexity: complexity, tier: tier, bytes: bytes)
    }

    /// How good each target's answer is expected to be, by the models of the last refresh.
    /// - Parameter targets: with the quality that the registry names; nil for none.
    package func scores(
        of features: LearningFeatures, for targets: [(deployment: DeploymentID, quality: Double?)]
    ) -> [DeploymentID: LearnedScore] {
        let models = models.withLockedValue { $0 }
        var scores: [DeploymentID: LearnedScore] = [:]
        for target in targets {
            let model = models[target.deployment] ?? RidgeModel.unjudged
            scores[target.deployment] = model.score(features, prior: target.quality ?? Self.unknownQuality)
        }
        return scores
    }

    /// Draws one of targets of equal price and weight: what a request's choice costs, without what surrounds it.
    package func draw(
        _ features: LearningFeatures, among targets: [(deployment: DeploymentID, quality: Double?)],
        using generator: inout some RandomNumberGenerator
    ) -> DeploymentID? {
        let scores = scores(of: features, for: targets)
        let candidates = targets.map { target in
            var candidate = StrategyCandidate(target.deployment)
            candidate.learned = scores[target.deployment]
            return candidate
        }
        let first = LearnedOrder(rule: rule).order(candidates, using: &generator).first
        return first.map { candidates[$0.index].deployment }
    }

    /// Takes a judgment.
    /// - Parameters:
    ///   - score: 0 to 1.
    ///   - tenant: who judged.
    /// - Returns: how much it counts, 0 to 1: less than 1 when the tenant has had its share.
    @discardableResult
    package func learn(
        _ features: LearningFeatures, of deployment: DeploymentID, score: Double, from tenant: TenantID,
        now: ContinuousClock.Instant
    ) -> Double {
        guard score.isFinite, deployments.contains(deployment) else { return 0 }
        return state.withLockedValue {
            $0.learn(features, of: deployment, score: min(max(score, 0), 1), from: tenant, now: now)
        }
    }

    /// Solves the models of targets of which something new was heard; with time all fade.
    package func refresh(now: ContinuousClock.Instant) {
        let changed = state.withLockedValue { $0.takeChanged(among: deployments, now: now) }
        if changed.isEmpty { return }
        // Outside of the locks: it takes long beside what a request does.
        let solved = changed.mapValues(RidgeModel.init)
        models.withLockedValue { $0.merge(solved) { $1 } }
    }

    /// What is to be told and asked; nil without an encoder. What is not answered by ``apply(_:to:now:)`` before the
    /// next report is told again with it.
    package func takeReport(now: ContinuousClock.Instant) -> LearningReport? {
        guard let space else { return nil }
        let told = state.withLockedValue { $0.takeReport(now: now) }
        return LearningReport(
            space: space.name, route: route, replica: replica, batch: told.batch, halfLife: rule.halfLife,
            targets: deployments.map { LearningReport.Target(deployment: $0, sums: told.sums[$0]) },
            teachers: told.teachers)
    }

    /// Takes what the fleet knows with the report counted in.
    package func apply(_ row: LearningRow, to report: LearningReport, now: ContinuousClock.Instant) {
        guard row.targets.count == report.targets.count else { return }
        var sums: [DeploymentID: LearningSums] = [:]
        for (target, known) in zip(report.targets, row.targets) { sums[target.deployment] = known }
        state.withLockedValue { $0.apply(sums, teachers: row.teachers, batch: report.batch, now: now) }
    }

    /// The weight of all judgments of a target that still count.
    package func weight(of deployment: DeploymentID, now: ContinuousClock.Instant) -> Double {
        state.withLockedValue { $0.sums(of: deployment, now: now).weight }
    }

    /// Half-way: what is not known is neither good nor bad.
    private static let unknownQuality = 0.5
}
