package import CurlClient
package import GatewayCore
package import Logging
import NIOCore
package import ProviderAPIs

/// Calls one target.
package struct UpstreamCaller: Sendable {
    private let curl: CurlClient
    let configuration: UpstreamConfiguration
    let logger: Logger

    package init(curl: CurlClient, configuration: UpstreamConfiguration, logger: Logger) {
        self.curl = curl
        self.configuration = configuration
        self.logger = logger
    }

    /// The target's answer: whole, or a stream whose first content is there. Until then a failure can still move on to
    /// another target unseen.
    /// - Parameter deadline: when the caller waits no longer, for the answer's last byte neither; nil for as long as
    ///   the target's own deadlines allow.
    package func call(
        _ request: ChatRequest, target: Target, deadline: ContinuousClock.Instant? = nil
    ) async throws(ProviderFailure) -> UpstreamAnswer {
        let start = ContinuousClock.now
        do throws(ProviderFailure) {
            let translation = TargetTranslation(request, for: target)
            let call = try translated(translation)
            let response = try await send(call, as: translation.credential, to: target, deadline)
            let firstByte = start.duration(to: .now)
            return UpstreamAnswer(
                reply: try await read(
                    response, by: translation, isStream: request.isStream,
                    contentDeadline: start + target.deadlines.firstContent),
                firstByte: firstByte, dropped: call.dropped, head: response.headers)
        } catch {
            let error = error.hiding(target.keys)
            if !Task.isCancelled {
                // A model's name that no client said stands in the configuration.
                let isMistake = error.kind == .modelNotFound && target.model != request.model
                logger.log(
                    level: isMistake ? .warning : .debug,
                    isMistake ? "a provider does not know its target's model" : "a provider did not answer",
                    metadata: ["deployment": "\(target.deployment)", "reason": "\(error)"])
            }
            throw error
        }
    }

    private func translated(_ translation: TargetTranslation) throws(ProviderFailure) -> ProviderCall {
        do throws(GatewayError) { return try translation.call() } catch { throw ProviderFailure(unsupported: error) }
    }

    private func read(
        _ response: CurlResponse, by translation: TargetTranslation, isStream: Bool,
        contentDeadline: ContinuousClock.Instant
    ) async throws(ProviderFailure) -> UpstreamReply {
        guard response.status == 200 else { throw await refusal(response, read: translation.failure) }
        let identity = {
            AnswerIdentity(
                id: RequestID().description, model: translation.model,
                created: Int(UnixTime.now().milliseconds / 1000))
        }
        guard isStream, let parser = translation.framing.parser(of: response.headers["content-type"]) else {
            // A provider that ignores `stream` answers whole; the pipeline turns that into a stream again. JSON proves
            // its own end, so a body that is not delimited may be believed here.
            let body = try await collect(response, upTo: configuration.answerBytesLimit)
            let (answer, passed) = try translation.answer(body, identity: identity)
            return .whole(answer, passed: passed)
        }
        let stream = UpstreamStream(
            body: response.body, parser: parser, relay: translation.relay(identity: identity),
            contentDeadline: contentDeadline)
        try await stream.commit()
        return .stream(stream)
    }

    func send(
        _ call: ProviderCall, as credential: CredentialForm, to target: Target,
        _ deadline: ContinuousClock.Instant? = nil
    ) async throws(ProviderFailure) -> CurlResponse {
        let deadlines = CurlDeadlines(target.deadlines, until: deadline)
        return try await send(to: target) { key in
            CurlRequest(call, to: target, deadlines: deadlines, key: key, as: credential)
        }
    }

    /// - Parameter request: makes the request with a key; called twice at most.
    func send(
        to target: Target, _ request: (Secret?) -> CurlRequest
    ) async throws(ProviderFailure) -> CurlResponse {
        do throws(CurlError) {
            return try await curl.execute(with: target.keys, request)
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

    func collect(_ response: CurlResponse, upTo limit: Int) async throws(ProviderFailure) -> ByteBuffer {
        do throws(CurlError) {
            return try await response.body.collect(upTo: limit)
        } catch {
            throw ProviderFailure(error)
        }
    }

    /// What a status other than 200 means. A body that cannot be read does not change that.
    func refusal(_ response: CurlResponse, read: RefusalReader) async -> ProviderFailure {
        let body = try? await collect(response, upTo: configuration.errorBytesLimit)
        return read(
            response.status, Array(response.headers), body ?? ByteBuffer(), UnixTime.now().milliseconds / 1000)
    }

    /// Status, headers, body and the seconds since 1970, as a dialect reads them.
    typealias RefusalReader = (Int, [(name: String, value: String)], ByteBuffer, Int64) -> ProviderFailure
}
