package import CoreMetrics
package import GatewayCore

/// The metrics of routes, limits and money.
extension Instruments {
    static let routing: [MetricDefinition] = [
        refusals, picks, decisions, spend, saved, budgets, targetStates, targetCalls, estimateErrors, lostNotices,
        limitsDegraded, waitingRequests, oldestWait, retryBudgets, lastResorts, learnedChoices, feedback, staleKeys,
    ]

    static let refusals = MetricDefinition.counter(
        "refrain_limit_denials_total", "Requests refused for want of room, by whose limit it was and what it limits.",
        labels: ["scope", "dimension"])
    static let picks = MetricDefinition.counter(
        "refrain_picks_total", "Questions for room at a target, by what became of them.", labels: ["result"])
    static let lastResorts = MetricDefinition.counter(
        "refrain_last_resort_calls_total", "Calls of targets that fail, as no better one was left.", labels: ["route"])
    static let decisions = MetricDefinition.counter(
        "refrain_route_decisions_total", "Choices of a tier by what a request needs, by the stage that decided.",
        labels: ["route", "stage"])
    static let spend = MetricDefinition.counter(
        "refrain_spend_dollars_total",
        "What calls of providers cost, where prices are known; by estimate for those without an answer.",
        labels: ["route", "deployment"])
    static let saved = MetricDefinition.counter(
        "refrain_saved_dollars_total", "What answers from the cache cost when they were made, where prices are known.",
        labels: ["route"])
    static let budgets = MetricDefinition.gauge(
        "refrain_budget_used_ratio", "Spent and reserved share of a budget at its last reservation.",
        labels: ["scope", "period"])
    static let targetStates = MetricDefinition.gauge(
        "refrain_target_state",
        "0 ready, 1 left alone as its provider asked, 2 failing or not yet seen to be well, 3 key refused.",
        labels: ["deployment"])
    static let targetCalls = MetricDefinition.gauge(
        "refrain_target_in_flight", "Calls of this replica under way at a target.", labels: ["deployment"])
    static let estimateErrors = MetricDefinition.gauge(
        "refrain_token_estimate_error_ratio",
        "What 90 % of the last 200 estimates of input tokens were off by at most, as a share of the truth.",
        labels: ["model"])
    static let lostNotices = MetricDefinition.counter(
        "refrain_limit_notices_lost_total", "Settlements, renewals and providers' words that did not reach Redis.")
    static let limitsDegraded = MetricDefinition.gauge(
        "refrain_limits_degraded", "1 while this replica keeps to its share of the limits by itself, otherwise 0.")

    static let retryBudgets = MetricDefinition.counter(
        "refrain_retry_budget_spent_total",
        "Requests whose failure was answered at once, as their route had made its share of further calls.",
        labels: ["route"])
    static let waitingRequests = MetricDefinition.gauge(
        "refrain_waiting_requests", "Requests that wait for room in this replica, by how urgent they came.",
        labels: ["priority"])
    static let oldestWait = MetricDefinition.gauge(
        "refrain_waiting_oldest_seconds", "How long the one waits that came first; 0 while nobody does.")
    static let learnedChoices = MetricDefinition.counter(
        "refrain_learned_choices_total",
        "Answers of targets that were drawn by what was learned: of the one held to be best, or of another on trial.",
        labels: ["route", "deployment", "kind"])
    static let feedback = MetricDefinition.counter(
        "refrain_feedback_total", "Judgments of answers, by what became of them.", labels: ["route", "result"])
    static let staleKeys = MetricDefinition.gauge(
        "refrain_provider_key_stale",
        "1 while a provider's key cannot be read again and the last good one is used, otherwise 0.",
        labels: ["provider"])

    /// The handles of these.
    package struct Routing: Sendable {
        package let lostNotices: Counter
        package let limitsDegraded: Meter
        package let oldestWait: Meter
        /// By the name of the class.
        package let waiting: @Sendable (String) -> Meter
        /// See ``Instruments/targetStates``.
        package let targetState: @Sendable (DeploymentID) -> Meter
        package let targetCalls: @Sendable (DeploymentID) -> Meter
        /// By the model's configured name.
        package let estimateError: @Sendable (String) -> Meter
        /// By the provider's name.
        package let keyStale: @Sendable (String) -> Meter

        let decisions: LabelledHandles<DecisionLabels, Counter>
        let spend: LabelledHandles<SpendLabels, FloatingPointCounter>
        let saved: LabelledHandles<String?, FloatingPointCounter>
        let retryBudgets: LabelledHandles<String?, Counter>
        let lastResorts: LabelledHandles<String?, Counter>
        let budgets: LabelledHandles<BudgetLabels, Meter>
        let learnedChoices: LabelledHandles<LearnedLabels, Counter>
        let feedback: LabelledHandles<FeedbackLabels, Counter>
        private let refusals: [LimitRefusal: Counter]
        private let picks: [PickOutcome: Counter]

        init(factory: any MetricsFactory) {
            lostNotices = Instruments.lostNotices.counter(on: factory)
            limitsDegraded = Instruments.limitsDegraded.meter(on: factory)
            oldestWait = Instruments.oldestWait.meter(on: factory)
            let waiters = LabelledHandles<String, Meter> { Instruments.waitingRequests.meter($0, on: factory) }
            waiting = { waiters[$0] }
            let states = LabelledHandles<DeploymentID, Meter> {
                Instruments.targetStates.meter($0.description, on: factory)
            }
            let calls = LabelledHandles<DeploymentID, Meter> {
                Instruments.targetCalls.meter($0.description, on: factory)
            }
            let errors = LabelledHandles<String, Meter> { Instruments.estimateErrors.meter($0, on: factory) }
            targetState = { states[$0] }
            targetCalls = { calls[$0] }
            estimateError = { errors[$0] }
            let stale = LabelledHandles<String, Meter> { Instruments.staleKeys.meter($0, on: factory) }
            keyStale = { stale[$0] }
            decisions = LabelledHandles {
                Instruments.decisions.counter($0.route ?? Instruments.none, $0.stage.rawValue, on: factory)
            }
            retryBudgets = LabelledHandles {
                Instruments.retryBudgets.counter($0 ?? Instruments.none, on: factory)
            }
            lastResorts = LabelledHandles { Instruments.lastResorts.counter($0 ?? Instruments.none, on: factory) }
            spend = LabelledHandles {
                Instruments.spend.sum($0.route ?? Instruments.none, $0.deployment.description, on: factory)
            }
            saved = LabelledHandles { Instruments.saved.sum($0 ?? Instruments.none, on: factory) }
            budgets = LabelledHandles { Instruments.budgets.meter($0.scope, $0.period, on: factory) }
            learnedChoices = LabelledHandles {
                Instruments.learnedChoices.counter(
                    $0.route ?? Instruments.none, $0.deployment.description, $0.isTrial ? "trial" : "best",
                    on: factory)
            }
            feedback = LabelledHandles {
                Instruments.feedback.counter(
                    $0.route ?? Instruments.none, $0.result?.rawValue ?? "unknown", on: factory)
            }
            let pairs = LimitRefusal.Scope.allCases.flatMap { scope in
                LimitRefusal.Dimension.allCases.map { LimitRefusal(scope, $0) }
            }
            refusals = Instruments.table(pairs) {
                Instruments.refusals.counter($0.scope.rawValue, $0.dimension.rawValue, on: factory)
            }
            picks = Instruments.table(PickOutcome.allCases) { Instruments.picks.counter($0.rawValue, on: factory) }
        }

        func refusal(_ refusal: LimitRefusal) -> Counter? { refusals[refusal] }

        func pick(_ outcome: PickOutcome) -> Counter? { picks[outcome] }
    }

    /// Label values of `refrain_route_decisions_total`.
    struct DecisionLabels: Hashable {
        let route: String?
        let stage: DecisionStage
    }

    /// Label values of `refrain_spend_dollars_total`.
    struct SpendLabels: Hashable {
        let route: String?
        let deployment: DeploymentID
    }

    /// Label values of `refrain_learned_choices_total`.
    struct LearnedLabels: Hashable {
        let route: String?
        let deployment: DeploymentID
        let isTrial: Bool
    }

    /// Label values of `refrain_feedback_total`.
    struct FeedbackLabels: Hashable {
        let route: String?
        /// Nil for an answer that is not known.
        let result: FeedbackResult?
    }

    /// Label values of `refrain_budget_used_ratio`.
    struct BudgetLabels: Hashable {
        let scope: String
        let period: String
    }
}
