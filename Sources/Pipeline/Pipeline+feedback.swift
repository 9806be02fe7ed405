package import GatewayCore
package import NIOCore
import Routing
import SemanticCache
import Telemetry

extension Pipeline {
    /// Keeps what is needed to take a judgment of an answer. Does nothing where nothing learns from it.
    func remember(_ attempt: RouteAttempt, exchange: Exchange) {
        guard let learned = attempt.learned else { return }
        exchange.learned(learned)
        let (request, tenant) = (exchange.record.requestID, exchange.record.tenant ?? .open)
        if let record = attempt.feedbackRecord(tenant: tenant) { feedback.keep(record, of: request) }
    }

    /// Keeps what is needed to take a judgment of a hit. Does nothing where hits are not judged.
    func remember(
        _ hit: CacheHit, of request: AnalyzedRequest, lookup: CacheStage.Lookup, route: String, exchange: Exchange
    ) {
        guard let judgments, let created = hit.created, let place = request.place,
            hit.outcome == .hitSemantic || judgments.pace.admits(at: .now)
        else { return }
        let labels = request.labels
        let served = ServedHit(
            entry: hit.entry, partition: lookup.wall ?? place.partition, created: created,
            question: hit.entry == place.entry ? nil : place.entry, namespace: labels.namespace,
            principal: labels.principal, similarity: hit.similarity,
            lesson: hit.outcome == .hitSemantic ? lookup.ticket?.lesson : nil)
        let record = FeedbackRecord(tenant: labels.tenant, route: route, hit: served)
        feedback.keep(record, of: exchange.record.requestID)
    }

    /// Takes a judgment of an answer: the body of `POST /v1/feedback`.
    /// - Parameter scope: who judges; it must be who asked.
    /// - Returns: what became of it.
    /// - Throws: what refuses it, as `invalidRequest`, or `notFound` for an answer that is not known.
    package func judge(_ body: ByteBuffer, scope: CacheScope) async throws(GatewayError) -> ByteBuffer {
        let judgment = try Feedback(json: body)
        do throws(GatewayError) {
            let receipt = try await feedback.take(judgment, from: scope.tenant)
            recorder.judged(
                judgment.request, route: receipt.route, result: receipt.result, score: receipt.score)
            return JSONWriter.object { writer in
                writer.member("object", "feedback")
                writer.member("request_id", judgment.request)
                writer.member("result", receipt.result.rawValue)
            }
        } catch {
            if error.code == .notFound { recorder.judged(judgment.request, route: nil, result: nil, score: nil) }
            throw error
        }
    }
}
