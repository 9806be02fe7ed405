import CurlClient
package import GatewayCore
import NIOCore
package import ProviderAPIs

extension UpstreamCaller {
    /// Asks whether a target answers, by what costs nothing there.
    /// - Parameters:
    ///   - probe: of the target's dialect.
    ///   - time: the longest it may take.
    /// - Throws: ``ProviderFailure`` for a refusal, and where nothing is answered.
    package func probe(
        _ target: Target, by probe: ProviderProbe, within time: Duration
    ) async throws(ProviderFailure) {
        let dialect = ProviderDialects.dialect(of: target)
        let deadlines = CurlDeadlines(target.deadlines, until: ContinuousClock.now + time)
        let response = try await send(to: target) { key in
            CurlRequest(probe, of: target, deadlines: deadlines, key: key, as: dialect.credential)
        }
        if response.status >= 400 { throw await refusal(response, read: dialect.failure) }
        // Read, so that the connection can be used again; the head alone has answered.
        _ = try? await collect(response, upTo: Self.listBytesLimit)
    }

    private static let listBytesLimit = 1 << 20
}
