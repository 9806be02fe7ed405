package import GatewayCore

/// Remembers answers and takes judgments of them. What learns from a judgment is led here: the route that chose the
/// target, or the cache.
package struct FeedbackDesk: Sendable {
    /// What became of a judgment.
    package struct Receipt: Sendable, Equatable {
        package let result: FeedbackResult
        /// The configured route.
        package let route: String
        /// What was said of the route's choice; nil where it says nothing of that.
        package let score: Double?
    }

    private let router: Router
    private let store: any FeedbackStore
    private let hits: (any HitJudge)?

    /// - Parameter hits: nil where answers from the cache are not judged.
    package init(router: Router, store: any FeedbackStore, hits: (any HitJudge)? = nil) {
        self.router = router
        self.store = store
        self.hits = hits
    }

    /// Remembers an answer. Returns at once.
    package func keep(_ record: FeedbackRecord, of request: RequestID) {
        store.keep(record, of: request.description)
    }

    /// Takes a judgment; of several the first.
    /// - Parameter tenant: who judges.
    /// - Throws: `notFound` for an answer that is not known, or is not the tenant's; `overloaded` when nobody can say,
    ///   or the cache did not do what follows.
    package func take(_ feedback: Feedback, from tenant: TenantID) async throws(GatewayError) -> Receipt {
        // Another tenant's is as unknown as one that never was.
        guard let record = try await asking({ store throws(RoutingStoreError) in
            try await store.record(of: feedback.request)
        }), record.tenant == tenant
        else {
            throw GatewayError(
                .notFound, "no answer that can be judged has this request_id, or it is too long ago",
                parameter: "request_id")
        }
        switch record.source {
        case .target(let deployment, let choice):
            let isFirst = try await claim(feedback.request)
            let result = isFirst ? learn(feedback, of: deployment, choice, record) : .repeated
            return Receipt(result: result, route: record.route, score: feedback.score)
        case .cache(let hit):
            return Receipt(result: try await judge(hit, feedback, record), route: record.route, score: nil)
        }
    }

    private func claim(_ request: String) async throws(GatewayError) -> Bool {
        try await asking { store throws(RoutingStoreError) in try await store.claim(request) }
    }

    private func asking<Value>(
        _ body: (any FeedbackStore) async throws(RoutingStoreError) -> Value
    ) async throws(GatewayError) -> Value {
        do throws(RoutingStoreError) {
            return try await body(store)
        } catch {
            throw GatewayError(.overloaded, "the answer could not be looked up", retryAfter: .seconds(1))
        }
    }

    private func learn(
        _ feedback: Feedback, of deployment: DeploymentID, _ choice: LearnedChoice, _ record: FeedbackRecord
    ) -> FeedbackResult {
        guard let score = feedback.score, let learner = router.learner(of: record.route),
            learner.spaceName == choice.space
        else { return .noLesson }
        let weight = learner.learn(choice.features, of: deployment, score: score, from: record.tenant, now: .now)
        return weight > 0 ? .learned : .capped
    }

    /// A score is no word on which an answer can be taken away.
    private func judge(
        _ hit: ServedHit, _ feedback: Feedback, _ record: FeedbackRecord
    ) async throws(GatewayError) -> FeedbackResult {
        guard let hits, let verdict = feedback.verdict else { return .noLesson }
        let judge = "\(record.tenant):\(hit.principal ?? "")"
        let isAdmitted = try await asking { store throws(RoutingStoreError) in try await store.admits(judge) }
        guard isAdmitted else { return .capped }
        guard try await claim(feedback.request) else { return .repeated }
        do throws(GatewayError) {
            return try await hits.judge(hit, as: verdict, on: record.route, of: record.tenant)
        } catch {
            await store.release(feedback.request)
            throw error
        }
    }
}

extension Router {
    /// Those of the routes that learn, in the order of their names.
    package var learners: [RouteLearner] {
        routes.values.compactMap(\.learner).sorted { $0.route < $1.route }
    }

    func learner(of route: String) -> RouteLearner? { routes[route]?.learner }
}
