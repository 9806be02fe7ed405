package import CurlClient
package import GatewayCore
package import Logging
import NIOCore
package import ProviderAPIs

/// Calls one target.
package struct UpstreamCaller: Sendable {
    private let curl: CurlClient
    private let configuration: UpstreamConfiguration
    private let logger: Logger

    package init(curl: CurlClient, configuration: UpstreamConfiguration, logger: Logger) {
        self.curl = curl
        self.configuration = configuration
        self.logger = logger
    }

    /// The target's answer: whole, or a stream whose first content is there. Until then a failure can still move on to
    /// another target unseen.
    package func call(_ request: ChatRequest, target: Target) async throws(ProviderFailure) -> UpstreamAnswer {
        let start = ContinuousClock.now
        do throws(ProviderFailure) {
            let response = try await send(request, to: target)
            let firstByte = start.duration(to: .now)
            return UpstreamAnswer(
                reply: try await read(response, of: request), firstByte: firstByte,
                headers: Array(response.headers))
        } catch {
            let error = error.hiding(target.keys)
            if !Task.isCancelled {
                logger.debug(
                    "a provider did not answer",
                    metadata: ["deployment": "\(target.deployment)", "reason": "\(error)"])
            }
            throw error
        }
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
        let body = OpenAIChat.encode(request, model: target.model)
        do throws(CurlError) {
            return try await curl.execute(with: target.keys) { key in
                var headers = [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")]
                if let key { headers.append(("Authorization", "Bearer \(key.exposed)")) }
                return CurlRequest(
                    method: "POST", url: target.baseURL + "/chat/completions", headers: headers, body: body,
                    deadlines: CurlDeadlines(
                        connect: target.deadlines.connect, firstByte: target.deadlines.firstByte,
                        idle: target.deadlines.idle, total: target.deadlines.total),
                    allowsPrivateAddresses: target.allowsPrivateAddresses)
            }
        } catch {
            if error.code == .addressRefused {
                // Health leaves the target alone soon, so this does not fill the log.
                logger.error(
                    "a provider's host has a private address; its provider may say allow_private: true",
                    metadata: ["deployment": "\(target.deployment)", "reason": "\(error)"])
            }
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
