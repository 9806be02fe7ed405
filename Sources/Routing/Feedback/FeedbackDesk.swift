package import GatewayCore

/// Remembers answers and takes judgments of them. What learns from a judgment is led here; today that is the route that
/// chose the target.
package struct FeedbackDesk: Sendable {
    /// What became of a judgment.
    package struct Receipt: Sendable, Equatable {
        package let result: FeedbackResult
        /// The configured route.
        package let route: String
    }

    private let router: Router
    private let store: any FeedbackStore

    package init(router: Router, store: any FeedbackStore) {
        self.router = router
        self.store = store
    }

    /// Remembers an answer. Returns at once.
    package func keep(_ record: FeedbackRecord, of request: RequestID) {
        store.keep(record, of: request.description)
    }

    /// Takes a judgment; of several the first.
    /// - Parameter tenant: who judges.
    /// - Throws: `notFound` for an answer that is not known, or is not the tenant's; `overloaded` when nobody can say.
    package func take(_ feedback: Feedback, from tenant: TenantID) async throws(GatewayError) -> Receipt {
        let record: FeedbackRecord?
        let isFirst: Bool
        do throws(RoutingStoreError) {
            record = try await store.record(of: feedback.request)
            if record?.tenant == tenant { isFirst = try await store.claim(feedback.request) } else { isFirst = false }
        } catch {
            throw GatewayError(.overloaded, "the answer could not be looked up", retryAfter: .seconds(1))
        }
        // Another tenant's is as unknown as one that never was.
        guard let record, record.tenant == tenant else {
            throw GatewayError(
                .notFound, "no answer that can be judged has this request_id, or it is too long ago",
                parameter: "request_id")
        }
        return Receipt(result: isFirst ? learn(feedback, record) : .repeated, route: record.route)
    }

    private func learn(_ feedback: Feedback, _ record: FeedbackRecord) -> FeedbackResult {
        guard let score = feedback.score, let learner = router.learner(of: record.route),
            learner.spaceName == record.choice.space
        else { return .noLesson }
        let weight = learner.learn(
            record.choice.features, of: record.deployment, score: score, from: record.tenant, now: .now)
        return weight > 0 ? .learned : .capped
    }
}

extension Router {
    /// Those of the routes that learn, in the order of their names.
    package var learners: [RouteLearner] {
        routes.values.compactMap(\.learner).sorted { $0.route < $1.route }
    }

    func learner(of route: String) -> RouteLearner? { routes[route]?.learner }
}
