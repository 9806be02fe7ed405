package import GatewayCore
package import NIOCore
import Routing
import Telemetry

extension Pipeline {
    /// Keeps what is needed to take a judgment of an answer. Does nothing where nothing learns from it.
    func remember(_ attempt: RouteAttempt, exchange: Exchange) {
        guard let learned = attempt.learned else { return }
        exchange.learned(learned)
        let (request, tenant) = (exchange.record.requestID, exchange.record.tenant ?? .open)
        if let record = attempt.feedbackRecord(tenant: tenant) { feedback.keep(record, of: request) }
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
                judgment.request, route: receipt.route, result: receipt.result, score: judgment.score)
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
