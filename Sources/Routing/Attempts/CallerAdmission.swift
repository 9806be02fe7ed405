package import GatewayCore

/// The request rates of a caller's tenant, team and key, charged for every request: also for one that the cache
/// answers.
package struct CallerAdmission: Sendable {
    private let scopes: [ScopeLimits]
    private let limits: any LimitStore

    /// Nil when none of the scopes has a limit on requests. To be made once: it names what it counts.
    init?(_ scopes: [ScopeLimits], limits: any LimitStore) {
        let scopes = scopes.compactMap(\.onlyRequests)
        if scopes.isEmpty { return nil }
        self.scopes = scopes
        self.limits = limits
    }

    /// The same without throwing, to be waited for beside something else.
    package func result() async -> Result<[LimitStanding], GatewayError> {
        do throws(GatewayError) { return .success(try await admit()) } catch { return .failure(error) }
    }

    /// Counts one request. One round trip.
    /// - Returns: what is left.
    /// - Throws: `rateLimited` when there is no room. When nothing can be counted the request goes on.
    private func admit() async throws(GatewayError) -> [LimitStanding] {
        var request = PickRequest(
            lease: LeaseID(RequestID().description), inputTokens: 0, outputTokens: 0,
            candidates: [PickRequest.Candidate(Self.nowhere)])
        request.scopes = scopes
        request.life = .zero
        guard let result = try? await limits.pick(request) else { return [] }
        switch result {
        case .granted(let grant): return grant.standings
        case .denied(let denial): throw GatewayError(denial)
        }
    }

    /// A deployment without limits: an admission is no call of a provider.
    private static let nowhere = DeploymentID("-")
}

extension ScopeLimits {
    /// What an admission counts; nil when that is nothing. Under a name of its own: a window counts a request for every
    /// pick, and a miss makes one here and one for each call. No configured name has a `#`.
    var onlyRequests: ScopeLimits? {
        var limits = Limits()
        limits.requests = self.limits.requests
        limits.requestsPerDay = self.limits.requestsPerDay
        limits.window = self.limits.window
        limits.dayStart = self.limits.dayStart
        limits.dayZone = self.limits.dayZone
        guard limits.countUse else { return nil }
        return ScopeLimits(LimitScope(scope.kind, scope.name + "#admitted"), limits: limits)
    }

    /// What a call of a provider counts besides.
    var withoutRequests: ScopeLimits {
        var rest = self
        rest.limits.requests = nil
        rest.limits.requestsPerDay = nil
        return rest
    }
}
