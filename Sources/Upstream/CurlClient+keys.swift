package import CurlClient
package import GatewayCore

extension CurlClient {
    /// How much of a refusal is read, so that its connection can be used again.
    private static let refusalBytesLimit = 64 * 1024

    /// Sends a request that carries a key. While a key is being changed, one that is refused with 401 or 403 is tried
    /// again with the other: the new one may not be good yet, or the old one no longer.
    /// - Parameters:
    ///   - keys: nil sends a request without a key.
    ///   - request: makes the request with a key; called twice at most.
    package func execute(
        with keys: KeyRing?, _ request: (Secret?) -> CurlRequest
    ) async throws(CurlError) -> CurlResponse {
        guard let keys else { return try await execute(request(nil)) }
        let choice = keys.choice(now: .now)
        let first = try await execute(request(choice.key))
        guard let spare = choice.spare, Self.refusesKey(first) else { return first }
        _ = try? await first.body.collect(upTo: Self.refusalBytesLimit)
        let second = try await execute(request(spare))
        if !Self.refusesKey(second) { keys.prefer(spare) }
        return second
    }

    private static func refusesKey(_ response: CurlResponse) -> Bool {
        response.status == 401 || response.status == 403
    }
}
