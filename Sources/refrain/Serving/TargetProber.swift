import CurlClient
import GatewayCore
import ProviderAPIs
import Routing
import Upstream

/// Finds out whether a target answers, without asking a model: it lists the provider's models, which costs nothing.
///
/// A provider that has no such list, and says so, is alive too. What a model does cannot be seen this way: a target
/// that answers this and fails its calls is left again, each time for longer.
struct TargetProber: Sendable {
    private let curl: CurlClient
    private let providers: [DeploymentID: ProviderConfiguration]

    /// Shorter than the lease of a probe may be.
    private static let time: Duration = .seconds(10)
    private static let answerBytesLimit = 1 << 20

    init(curl: CurlClient, configuration: RoutingConfiguration) {
        self.curl = curl
        let named = Dictionary(configuration.providers.map { ($0.name, $0) }) { first, _ in first }
        var providers: [DeploymentID: ProviderConfiguration] = [:]
        for target in configuration.routes.flatMap(\.targets) { providers[target.deployment] = named[target.provider] }
        self.providers = providers
    }

    func probe(_ deployment: DeploymentID) async -> TargetSample {
        guard let provider = providers[deployment] else { return .cancelled }
        let start = ContinuousClock.now
        do throws(CurlError) {
            let response = try await curl.execute(with: provider.keys) { key in
                var headers = [("Accept", "application/json")]
                if let key { headers.append(("Authorization", "Bearer \(key.exposed)")) }
                return CurlRequest(
                    method: "GET", url: provider.baseURL + "/models", headers: headers,
                    deadlines: CurlDeadlines(
                        connect: provider.deadlines.connect, firstByte: Self.time, idle: Self.time, total: Self.time),
                    allowsPrivateAddresses: provider.allowsPrivateAddresses)
            }
            let status = response.status
            // Read, so that the connection can be used again.
            _ = try? await response.body.collect(upTo: Self.answerBytesLimit)
            return Self.sample(status: status, duration: start.duration(to: .now))
        } catch {
            return error.code == .cancelled || error.code == .shutdown ? .cancelled : .hardFailure(waited: nil)
        }
    }

    private static func sample(status: Int, duration: Duration) -> TargetSample {
        switch status {
        case 401: .authFailure
        case 429: .rateLimited(retryAfter: nil)
        case 500, 502...504, 529: .hardFailure(waited: nil)
        // A key may be good for models and not for their list; a server may have none.
        default: .answered(timeToFirstToken: nil, duration: duration, outputTokens: nil)
        }
    }
}
