/// What happened to one request, stage by stage. The pipeline fills it; metrics, log lines and the answer's
/// headers are all derived from it.
package struct ExchangeRecord: Sendable {
    package let requestID: RequestID
    package let received: ContinuousClock.Instant
    package var tenant: TenantID?
    /// The model name the client asked for, only once it is known to be a configured route.
    package var route: String?
    package var isStream = false
    package var outcome: CacheOutcome?
    package var missReason: MissReason?
    /// How far the cache might go, and why.
    package var judgment: CacheJudgment?
    /// Whether the caller wants to be told.
    package var tellsJudgment = false
    /// What would have been served on a route in the shadow; `miss` for nothing. Nil on other routes.
    package var shadow: CacheOutcome?
    /// Cosine to the entry served, or to the best candidate when none was.
    package var similarity: Float?
    package var entry: EntryID?
    /// How sure the best candidate was, where an error budget decided.
    package var confidence: HitConfidence?
    /// Time since the served entry was created.
    package var age: Duration?
    /// What came of sharing a call with others; nil where there was nothing to share.
    package var sharing: SharingOutcome?
    /// Of a served entry that is not fresh.
    package var freshness: HitFreshness?
    /// Whether nobody asked: the gateway itself makes a stored answer anew.
    package let isRefresh: Bool
    package var attempts: [AttemptRecord] = []
    /// How long it waited for room at a provider; nil when it did not have to.
    package var queued: Duration?
    /// Whether another call was left out because its route had made its share of them.
    package var isRetryBudgetSpent = false
    /// Parameters of the request that the provider's API has no word for.
    package var droppedParameters: [String] = []
    /// The model name the provider answered with.
    package var resolvedModel: String?
    package var usage: TokenUsage?
    /// What providers charge for all attempts together, in billionths of a dollar; nil when nothing is known of it.
    package var cost: Int? {
        attempts.compactMap(\.cost).reduce(nil) { sum, cost in
            let (next, overflows) = (sum ?? 0).addingReportingOverflow(cost)
            return overflows ? .max : next
        }
    }
    /// What a hit spared, in billionths of a dollar; nil when the price of its model is not known.
    package var saved: Int?
    /// What the caller has left of its limits, as far as anything counts them.
    package var limits: [LimitNote] = []
    /// The limit that refused the request, if one did.
    package var refusal: LimitRefusal?
    /// What became of each question for room, in their order.
    package var picks: [PickOutcome] = []
    /// The caller's budgets after this request was reserved.
    package var budgets: [BudgetNote] = []
    /// What chose the tier, on routes that choose by what a request needs.
    package var stage: DecisionStage?
    /// The choice of a target as one JSON object, when somebody keeps such records.
    package var decision: String?
    /// Whether the target was drawn to learn more of it, or held to be the best; nil where nothing was learned.
    package var isTrial: Bool?
    /// What a judgment of the answer would teach, as one JSON object, when somebody keeps such records.
    package var lesson: String?
    package var status = 0
    package var errorCode: GatewayErrorCode?
    package var write: WriteOutcome?
    package var isClientGone = false
    package var timings = StageTimings()

    package init(requestID: RequestID, received: ContinuousClock.Instant, isRefresh: Bool = false) {
        self.isRefresh = isRefresh
        self.requestID = requestID
        self.received = received
    }
}

/// How much of one limit a caller has left.
package struct LimitNote: Sendable, Equatable {
    /// What is limited, as clients of OpenAI know it: `requests` or `tokens`.
    package let name: String
    package let limit: Int
    package let remaining: Int
    /// Until all of it would be there again if nothing more were used.
    package let reset: Duration

    package init(name: String, limit: Int, remaining: Int, reset: Duration) {
        self.name = name
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
    }
}

/// One call of a provider.
package struct AttemptRecord: Sendable {
    package let deployment: DeploymentID
    /// `ok`, or why the next target was tried: a metric label.
    package var result: String
    /// Until the response head.
    package var firstByte: Duration?
    /// What the provider charges for it, in billionths of a dollar: for its answer, or by estimate for what was sent
    /// and came of it. Nil when nothing was used or the prices are not known.
    package var cost: Int?
    /// Why it was this target's turn; nil for one that was asked beside another.
    package var reason: String?
    /// Whether it is a target that fails, called because no better one was left.
    package var isLastResort = false

    package init(
        deployment: DeploymentID, result: String, firstByte: Duration? = nil, cost: Int? = nil, reason: String? = nil
    ) {
        self.deployment = deployment
        self.result = result
        self.firstByte = firstByte
        self.cost = cost
        self.reason = reason
    }
}

/// How long each stage took; nil for stages that did not run.
package struct StageTimings: Sendable {
    package var analyze: Duration?
    package var findExact: Duration?
    package var embed: Duration?
    package var findSimilar: Duration?
    /// All attempts together, until an answer was whole or, for a stream, its first content was there.
    package var upstream: Duration?
    /// For the first word of another request's call.
    package var waited: Duration?
    /// Until the last byte was handed to the client's socket.
    package var total: Duration?

    package init() {}

    /// What Refrain itself added before the first byte: all stages but the provider.
    package var overhead: Duration {
        [analyze, findExact, embed, findSimilar].reduce(.zero) { $0 + ($1 ?? .zero) }
    }
}
