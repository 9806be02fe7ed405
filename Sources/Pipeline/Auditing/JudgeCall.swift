import GatewayCore
import Policy
import ProviderAPIs
import RequestAnalysis
import Routing
import SemanticCache
import Telemetry
import Upstream

/// Asks the model that judges, on the way all requests take: by the tenant's rules and the request's labels, under all
/// limits, and recorded as a request of its route.
struct JudgeCall: Sendable {
    /// What a call has come to.
    enum Reply: Sendable, Equatable {
        /// With what it cost, in billionths of a dollar, as far as anybody knows.
        case verdict(JudgeVerdict, cost: Int)
        /// No model that judges may read it.
        case forbidden
        case failed(cost: Int)
    }

    /// What a token is taken to cost where no price is known, in billionths of a dollar: ten dollars for a million.
    static let assumedPrice = 10_000

    let analyzer: RequestAnalyzer
    let router: Router
    let upstream: UpstreamCaller
    let recorder: Recorder
    /// The name of a route.
    let model: String
    let deadline: Duration

    /// - Parameter labels: of the request that is looked into.
    func ask(_ question: JudgeQuestion, tenant: TenantID, labels: [String: String]) async -> Reply {
        let exchange = Exchange(recorder: recorder, client: PatientClient())
        exchange.identified(.ofOperator(in: tenant, namespace: ""))
        let reply: Reply
        do throws(GatewayError) {
            let answer = try await answer(to: question, tenant: tenant, labels: labels, exchange: exchange)
            exchange.note { $0.status = 200 }
            let cost = exchange.record.cost ?? Self.assumedCost(of: answer, to: question)
            let isWhole = !answer.hasRefusal && !answer.hasToolCalls
            reply = .verdict(isWhole ? JudgeVerdict(reading: answer.text ?? "") : .unreadable, cost: cost)
        } catch {
            exchange.failed(error)
            exchange.note { $0.status = error.status }
            reply = error.code == .noCompliantTarget ? .forbidden : .failed(cost: exchange.record.cost ?? 0)
        }
        await exchange.finish(isClientGone: false)
        return reply
    }

    private func answer(
        to question: JudgeQuestion, tenant: TenantID, labels: [String: String], exchange: Exchange
    ) async throws(GatewayError) -> ChatAnswer {
        let request = try analyzer.parse(question.body(model: model))
        let plan = try router.plan(model: model, tenant: tenant)
        exchange.planned(plan)
        exchange.analyzed(request)
        var asked = RouteRequest(model: model, tenant: tenant)
        asked.priority = .batch
        asked.deadline = .now + deadline
        if plan.needsTraits || !labels.isEmpty {
            var traits = try analyzer.traits(of: request)
            traits.metadata = labels
            asked.traits = traits
        }
        let attempts = try router.attempts(for: asked)
        exchange.chose(attempts)
        let outcome = try await Dispatch(upstream: upstream, exchange: exchange).run(request, attempts: attempts)
        guard case .answered(let answered) = outcome, case .whole(let answer, _) = answered.reply else {
            throw GatewayError(.internalFault, "a judge that was asked for a whole answer sends a stream")
        }
        exchange.settled(cost: answered.attempt.end(.answered(usage: answer.usage, firstToken: nil)))
        exchange.answered(answer)
        return answer
    }

    /// By the tokens that were counted, or else by the length of both texts.
    private static func assumedCost(of answer: ChatAnswer, to question: JudgeQuestion) -> Int {
        let bytes = question.message.utf8.count + JudgeQuestion.instruction.utf8.count
        let tokens = answer.usage.map { usage in
            [usage.promptTokens, usage.completionTokens].reduce(0) { $0 + min(max($1, 0), 1_000_000) }
        }
        return (tokens ?? bytes / 3 + JudgeQuestion.replyTokens) * assumedPrice
    }
}
