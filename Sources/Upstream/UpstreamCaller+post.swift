import CurlClient
package import GatewayCore
import Logging
package import NIOCore
package import ProviderAPIs

extension UpstreamCaller {
    /// What a provider answered to a request that is no conversation.
    package struct Posted: Sendable {
        package let body: ByteBuffer
        /// Until the response head.
        package let firstByte: Duration
        package var headers: [(name: String, value: String)] { Array(head) }
        let head: CurlHeaders
    }

    /// Makes a call in the target's own dialect, and reads the whole answer.
    /// - Parameters:
    ///   - write: what is sent to a target.
    ///   - deadline: when the caller waits no longer; nil for as long as the target's own deadlines allow.
    /// - Throws: ``ProviderFailure`` for all but status 200, with the provider's body where the request is at fault; of
    ///   kind `unsupported` for what cannot be written.
    package func post(
        _ write: @Sendable (Target) throws(GatewayError) -> ProviderCall, to target: Target,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(ProviderFailure) -> Posted {
        let start = ContinuousClock.now
        do throws(ProviderFailure) {
            let dialect = ProviderDialects.dialect(of: target)
            let response = try await send(
                try written(write, for: target), as: dialect.credential, to: target, deadline)
            let firstByte = start.duration(to: .now)
            guard response.status == 200 else { throw await refusal(response, read: dialect.failure) }
            let body = try await collect(response, upTo: configuration.answerBytesLimit)
            return Posted(body: body, firstByte: firstByte, head: response.headers)
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

    private func written(
        _ write: (Target) throws(GatewayError) -> ProviderCall, for target: Target
    ) throws(ProviderFailure) -> ProviderCall {
        do throws(GatewayError) { return try write(target) } catch { throw ProviderFailure(unsupported: error) }
    }
}
