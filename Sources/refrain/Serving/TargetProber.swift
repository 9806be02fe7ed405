import GatewayCore
import NIOConcurrencyHelpers
import ProviderAPIs
import Routing
import Upstream

/// Finds out whether a target answers, without asking a model: it lists the provider's models, which costs nothing.
///
/// What a model does cannot be seen this way: a target that answers this and fails its calls is left again, each time
/// for longer. Where there is no such list a request has to find it out.
final class TargetProber: Sendable {
    private let upstream: UpstreamCaller
    private let targets: [DeploymentID: Target]
    /// Those that turned out to have no list.
    private let unlisted = NIOLockedValueBox<Set<DeploymentID>>([])

    /// Shorter than the lease of a probe may be.
    private static let time: Duration = .seconds(10)
    /// As for calls: an account without money has some again when somebody pays.
    private static let quotaWait: Duration = .seconds(300)

    init(upstream: UpstreamCaller, configuration: RoutingConfiguration) {
        self.upstream = upstream
        targets = configuration.deployments
    }

    /// Whether there is anything to ask a target for.
    func canProbe(_ deployment: DeploymentID) -> Bool { question(to: deployment) != nil }

    private func question(to deployment: DeploymentID) -> (target: Target, probe: ProviderProbe)? {
        guard let target = targets[deployment], let probe = ProviderDialects.dialect(of: target).probe,
            !unlisted.withLockedValue({ $0.contains(deployment) })
        else { return nil }
        return (target, probe)
    }

    func probe(_ deployment: DeploymentID) async -> TargetSample {
        guard let question = self.question(to: deployment) else { return .cancelled }
        let target = question.target
        let start = ContinuousClock.now
        do throws(ProviderFailure) {
            try await upstream.probe(target, by: question.probe, within: Self.time)
            return .answered(timeToFirstToken: nil, duration: start.duration(to: .now), outputTokens: nil)
        } catch {
            guard Self.isMissing(error, target) else {
                return Self.sample(error, duration: start.duration(to: .now))
            }
            _ = unlisted.withLockedValue { $0.insert(deployment) }
            return .cancelled
        }
    }

    /// Whether the server has no such list, or not for those who have no key: that says nothing of its models.
    private static func isMissing(_ failure: ProviderFailure, _ target: Target) -> Bool {
        switch failure.status {
        case 404?, 405?, 501?: true
        case 401?: target.keys == nil
        default: false
        }
    }

    private static func sample(_ failure: ProviderFailure, duration: Duration) -> TargetSample {
        switch failure.kind {
        case .rateLimited: .rateLimited(retryAfter: failure.retryAfter)
        case .quotaGone: .rateLimited(retryAfter: failure.retryAfter ?? quotaWait)
        case .auth where failure.status != 403: .authFailure
        // A key may be good for models and not for their list.
        case .auth, .badRequest, .contextTooLong, .contentPolicy, .modelNotFound, .unsupported:
            .answered(timeToFirstToken: nil, duration: duration, outputTokens: nil)
        case .overloaded, .serverError, .malformedAnswer, .truncated, .streamError, .transport, .timeout:
            .hardFailure(waited: nil)
        }
    }
}
