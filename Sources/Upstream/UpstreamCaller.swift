package import CurlClient
package import GatewayCore
package import Logging
import NIOCore
import ProviderAPIs

/// Carries out a plan: calls one target after the other until one answers.
///
/// A target has answered when its whole answer is there or, for a stream, when its first content is: until then a
/// failure moves on to the next target unseen.
package struct UpstreamCaller: Sendable {
    private let curl: CurlClient
    private let configuration: UpstreamConfiguration
    private let logger: Logger

    package init(curl: CurlClient, configuration: UpstreamConfiguration, logger: Logger) {
        self.curl = curl
        self.configuration = configuration
        self.logger = logger
    }

    /// - Parameter report: told how each call ended, for the order of later plans.
    /// - Returns: the first target's answer, or the last one's failure as the client may see it. A task that is
    ///   cancelled makes no further attempt and comes back with `clientGone`.
    package func call(
        _ request: ChatRequest, plan: RoutePlan, report: (TargetOutcome, DeploymentID) -> Void
    ) async -> UpstreamCall {
        var attempts: [AttemptRecord] = []
        var last: ProviderFailure?
        for target in plan.targets {
            let start = ContinuousClock.now
            var firstByte: Duration?
            do throws(ProviderFailure) {
                let response = try await send(request, to: target)
                firstByte = start.duration(to: .now)
                let reply = try await read(response, of: request)
                attempts.append(AttemptRecord(deployment: target.deployment, result: "ok", firstByte: firstByte))
                report(.answered, target.deployment)
                return UpstreamCall(result: .success(reply), attempts: attempts)
            } catch {
                if Task.isCancelled {
                    attempts.append(AttemptRecord(deployment: target.deployment, result: "cancelled"))
                    break
                }
                attempts.append(
                    AttemptRecord(deployment: target.deployment, result: error.label, firstByte: firstByte))
                logger.debug(
                    "a provider did not answer",
                    metadata: ["deployment": "\(target.deployment)", "reason": "\(error)"])
                guard error.triesNextTarget else {
                    return UpstreamCall(result: .failure(GatewayError(refusal: error)), attempts: attempts)
                }
                report(error.kind == .rateLimited ? .rateLimited(error.retryAfter) : .failed, target.deployment)
                last = error
            }
        }
        if Task.isCancelled {
            let gone = GatewayError(.clientGone, "the client went away before there was an answer")
            return UpstreamCall(result: .failure(gone), attempts: attempts)
        }
        let failure = GatewayError(exhausted: last, attempts: attempts.count)
        return UpstreamCall(result: .failure(failure), attempts: attempts)
    }

    private func read(
        _ response: CurlResponse, of request: ChatRequest
    ) async throws(ProviderFailure) -> UpstreamReply {
        guard response.status == 200 else { throw await refusal(response) }
        let isEventStream = response.headers["content-type"]?.lowercased().hasPrefix("text/event-stream") ?? false
        guard request.isStream, isEventStream else {
            // A provider that ignores `stream` answers whole; the pipeline turns that into a stream again. JSON proves
            // its own end, so a body that is not delimited may be believed here.
            return .whole(try OpenAIChat.decode(try await collect(response, upTo: configuration.answerBytesLimit)))
        }
        let stream = UpstreamStream(
            body: response.body, decoder: OpenAIStreamDecoder(keepsUsage: request.wantsStreamUsage))
        try await stream.commit()
        return .stream(stream)
    }

    private func send(_ request: ChatRequest, to target: Target) async throws(ProviderFailure) -> CurlResponse {
        var headers = [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")]
        if let key = target.key { headers.append(("Authorization", "Bearer \(key.exposed)")) }
        let call = CurlRequest(
            method: "POST", url: target.baseURL + "/chat/completions", headers: headers,
            body: OpenAIChat.encode(request, model: target.model),
            deadlines: CurlDeadlines(
                connect: target.deadlines.connect, firstByte: target.deadlines.firstByte,
                idle: target.deadlines.idle, total: target.deadlines.total))
        do throws(CurlError) {
            return try await curl.execute(call)
        } catch {
            throw ProviderFailure(error)
        }
    }

    private func collect(_ response: CurlResponse, upTo limit: Int) async throws(ProviderFailure) -> ByteBuffer {
        do throws(CurlError) {
            return try await response.body.collect(upTo: limit)
        } catch {
            throw ProviderFailure(error)
        }
    }

    /// What a status other than 200 means. A body that cannot be read does not change that.
    private func refusal(_ response: CurlResponse) async -> ProviderFailure {
        let body = try? await collect(response, upTo: configuration.errorBytesLimit)
        return ProviderFailure.classify(
            status: response.status, headers: Array(response.headers), body: body ?? ByteBuffer(),
            now: UnixTime.now().milliseconds / 1000)
    }
}
